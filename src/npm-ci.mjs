// Installs what package-lock.json names, when it is newer than what is installed: `node src/npm-ci.mjs`. The build runs it.
// A lock file keeps two builds at once from installing over each other; one left by a killed build is recognised by its dead process.
import { execSync } from 'node:child_process';
import { openSync, writeSync, closeSync, readFileSync, rmSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const lock = '.npm-ci.lock';
const changed = path => { try { return statSync(path).mtimeMs; } catch { return 0; } };
const isInstalled = () => changed('node_modules/.package-lock.json') >= changed('package-lock.json');

function tryLock() {
  try {
    const file = openSync(lock, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  }
}

function holderIsDead() {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    // An empty file is a holder between creating and writing: give it five seconds.
    if (!pid) return Date.now() - changed(lock) > 5000;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

while (!isInstalled()) {
  if (!tryLock()) {
    if (holderIsDead()) rmSync(lock, { force: true });
    await new Promise(wake => setTimeout(wake, 250));
    continue;
  }
  try {
    if (!isInstalled()) {
      console.log('Installing the engines and the face model (npm ci), once ...');
      execSync('npm ci --no-audit --no-fund', { stdio: 'inherit' });
    }
  } finally {
    rmSync(lock, { force: true });
  }
}
