// Names of columns as the server's lists take them.
/** In double quotes where it holds a comma, a quote, or a minus or blank at an end. */
export function quoted(name: string): string {
  return /[",]|^-|^\s|\s$/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}
