/** `R/P1Y` in a date field is a frequency, not a date (case `op E11`). */
export function isRepeatInterval(text: string): boolean {
  return /^\s*R\d*\/P/i.test(text);
}
