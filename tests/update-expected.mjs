#!/usr/bin/env node
// Writes samples/expected.json from what the gate says of the sample album now: tests/update-expected.mjs
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

if (process.argv[2] === '--help') {
  console.log('Writes samples/expected.json from what the gate says of the sample album now: tests/update-expected.mjs');
  process.exit();
}
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
execFileSync('dotnet', ['build', 'src/PublicationGate.App', '-v', 'quiet', '--nologo'], { stdio: 'inherit' });
const data = mkdtempSync(`${tmpdir()}/publication-gate-`);
const gate = ['run', '--no-build', '--project', 'src/PublicationGate.App', '--', 'screen', 'samples', '--json', '--data', data];
const { stdout, stderr, status } = spawnSync('dotnet', gate, { encoding: 'utf8', maxBuffer: 1 << 26 });
rmSync(data, { recursive: true });
if (status > 1 || status === null) throw new Error(stderr);
const verdicts = stdout.trim().split('\n').map(line => {
  const { id, elapsedMs, faces: { boxes, ...faces }, ...verdict } = JSON.parse(line);
  return { file: verdict.file, sha256: verdict.sha256, outcome: verdict.outcome, channel: verdict.channel, faces, findings: verdict.findings };
});
writeFileSync('samples/expected.json', JSON.stringify(verdicts, null, 2) + '\n');
console.log(`${verdicts.length} verdicts written; look at 'git diff samples/expected.json'.`);
