// Runs a script of this repository with everything it needs: `node scripts/with-setup.mjs <script> [arguments]`.
// It must run on any Node >= 20 and before anything is installed, so it is plain JavaScript and imports nothing but Node.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');
const OLDEST_JAVA = 17;

/** Scripts that start an engine for the table. */
const startEngine = ['local/main.ts', 'local/dev.ts', 'local/import.ts', 'bench/main.ts'];

/**
 * Java is for DynamoDB Local: where dynoxide has no program for the platform, where it is asked for, and for the whole of the tests,
 * which judge one engine by the other.
 */
function needsJava(script, words) {
  if (script === 'scripts/test.ts') return words.length === 0 || process.env.LINLI_ENGINE === 'dynamodb-local';
  if (!startEngine.includes(script)) return false;
  const asked = /--engine[= ](\S+)/.exec(words.join(' '))?.[1] ?? process.env.LINLI_ENGINE;
  return asked ? asked === 'dynamodb-local' : `${process.platform}-${process.arch}` !== 'linux-x64';
}

function stop(message) {
  console.error(message);
  process.exit(1);
}

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/**
 * True when npm's own record of what is installed has every package of the lockfile in the same version. Optional packages count
 * when they are for just this platform; the others may rightly be absent.
 */
function dependenciesAreFresh() {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record) || !existsSync(join(bin, 'node'))) return false;
  const installed = readJson(record).packages;
  return Object.entries(readJson(join(root, 'package-lock.json')).packages).every(
    ([path, wanted]) => path === '' || mayBeAbsent(wanted) || installed[path]?.version === wanted.version,
  );
}

const mayBeAbsent = ({ optional, os, cpu, libc }) =>
  optional && !(os?.includes(process.platform) && cpu?.includes(process.arch) && !libc);

function installDependencies() {
  console.log('Dependencies are missing or stale: npm ci');
  // Everything, whatever NODE_ENV says. Warnings would be about the Node that installs; what runs is the one that comes with it.
  const options = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = spawnSync('npm', ['ci', ...options], { cwd: root, stdio: 'inherit' });
  if (status !== 0) stop('npm ci failed; see its message above.');
  if (!existsSync(join(bin, 'node'))) stop('npm ci left no node_modules/.bin/node; run "npm rebuild node".');
}

/** The folder of a Java that is new enough; an empty string means the one on PATH; `undefined` that there is none. */
function findJava() {
  const homes = process.env.JAVA_HOME ? [join(process.env.JAVA_HOME, 'bin'), ''] : [''];
  return homes.find((folder) => {
    const { stderr } = spawnSync(join(folder, 'java'), ['-version'], { encoding: 'utf8' });
    const version = /version "(\d+)/.exec(stderr ?? '');
    return version !== null && Number(version[1]) >= OLDEST_JAVA;
  });
}

function installJava() {
  const mayInstall = process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0;
  if (!mayInstall) {
    stop(
      `Java ${OLDEST_JAVA} or newer is needed for DynamoDB Local: apt-get install openjdk-17-jre-headless, ` +
        'dnf install java-21-openjdk-headless, apk add openjdk17-jre-headless, brew install openjdk@17 or ' +
        'winget install EclipseAdoptium.Temurin.17.JRE.',
    );
  }
  console.log('Java is missing: apt-get install openjdk-17-jre-headless');
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...parts) =>
    spawnSync('apt-get', parts, { stdio: ['ignore', 'ignore', 'inherit'], env: environment }).status === 0;
  const install = () => apt('install', '-y', '--no-install-recommends', 'openjdk-17-jre-headless');
  if (!install() && !(apt('update') && install())) {
    stop(`Java ${OLDEST_JAVA} or newer is needed for DynamoDB Local and apt-get could not install it.`);
  }
}

const [script, ...rest] = process.argv.slice(2);
if (!script) stop('usage: node scripts/with-setup.mjs <script> [arguments]');

// What npm cannot bring is looked for first: it must not be missed only after minutes of installing.
const path = [bin];
if (needsJava(script, rest)) {
  if (findJava() === undefined) installJava();
  const java = findJava();
  if (java === undefined) stop(`Java ${OLDEST_JAVA} or newer is needed for DynamoDB Local and was not found.`);
  if (java) path.push(java);
}
if (!dependenciesAreFresh()) installDependencies();

const child = spawn(join(bin, 'node'), [script, ...rest], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PATH: [...path, process.env.PATH].join(delimiter) },
});
// Ctrl-C reaches the whole process group by itself; a signal sent to this process alone is passed on.
let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY || stopping) child.kill(signal);
    stopping = true;
  });
}
child.on('error', (error) => stop(`Could not start Node 24: ${error.message}`));
child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1)));
