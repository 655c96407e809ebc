/** The secret of every AWS key of the embedded cloud. It opens nothing, and is so unlike a word that a log can be searched for it. */
export const AWS_SECRET = 'rehearsalSecretThatOpensNothing0';
