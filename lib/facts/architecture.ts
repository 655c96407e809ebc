/** Processors that images and hosts have, as Flatcar and Debian name them. */
export type Architecture = 'amd64' | 'arm64';
