/** The cities of this process: the first is the default, the second is "another city". */
export const tenants = (): readonly [string, string] => {
  const [first = '', second = ''] = (process.env['TENANTS'] ?? '').split(',');
  return [first, second];
};
