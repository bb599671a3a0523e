/** Names of classes as one `className`; what is not there, as a variant that needs no style of its own, is left out. */
export const classes = (...names: readonly (string | undefined)[]): string => names.filter(Boolean).join(' ');
