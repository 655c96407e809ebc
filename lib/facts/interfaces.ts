/** Bytes of a network interface's name (Linux, if.h: IFNAMSIZ is 16 with the end). */
export const INTERFACE_NAME = 15;
