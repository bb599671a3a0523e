import { spawn } from 'node:child_process';

/** Runs a command to its end with our own input and output; answers its exit code. */
export function run(command: string, ...parts: string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, parts, { stdio: 'inherit' });
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(127);
    });
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** Runs the steps in order, all of them, and ends the process with 1 when any failed. */
export async function runAll(
  steps: readonly { name: string; command: readonly [string, ...string[]] }[],
): Promise<void> {
  const failed: string[] = [];
  for (const { name, command } of steps) {
    const startedAt = performance.now();
    const [program, ...parts] = command;
    const code = await run(program, ...parts);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)`);
    if (code !== 0) failed.push(name);
  }
  if (failed.length > 0) {
    console.error(`failed: ${failed.join(', ')}`);
    process.exit(1);
  }
}
