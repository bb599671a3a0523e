import { readFileSync, writeFileSync } from 'node:fs';
import { readAllTexts } from '../web/vite/read-texts.ts';
import { checkSheet, sheetOf } from '../web/vite/sheet.ts';

/** `npm run texts -- <sheet.csv>` writes all texts for translators; `npm run texts -- check <sheet.csv>` looks through what came back. */
const words = process.argv.slice(2);
const [path] = words.slice(-1);
const isCheck = words.length === 2 && words[0] === 'check';
if (path === undefined || !(isCheck || words.length === 1)) {
  console.error('usage: npm run texts -- [check] <sheet.csv>');
  process.exit(2);
}

const spaces = readAllTexts('web/src');
if (isCheck) {
  const faults = checkSheet(spaces, readFileSync(path, 'utf8'));
  for (const fault of faults) console.error(fault);
  console.log(faults.length === 0 ? `${path}: every text is there` : `${path}: ${faults.length} faults`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} else {
  const sheet = sheetOf(spaces);
  writeFileSync(path, sheet);
  console.log(`${path}: ${sheet.split('\r\n').length - 2} texts`);
}
