/** Where a clerk writes by hand. */
export const DOTS = '………';

/** Year, month and day as papers write them: days below ten, January and February with a nought, other months without. */
export function paperDate(day: string): readonly [year: string, month: string, day: string] {
  const [year = '', month = '', date = ''] = day.split('-');
  return [year, Number(month) > 2 ? String(Number(month)) : month, date];
}
