// Plain CommonJS without modern syntax, so that any Node.js can say what is wrong.
var found = process.versions.node;
var parts = found.split('.').map(Number);
if (parts[0] < 22 || (parts[0] === 22 && parts[1] < 17)) {
  process.stderr.write(
    'Concord needs Node.js 22.17 or later, but ' +
      process.execPath +
      ' is ' +
      found +
      '.\n' +
      'npm brings Node.js 24 along as an optional package for Linux (x64, arm64) and Windows: run `npm ci` without --omit=optional,\n' +
      'and start by `npm start`. On other systems install Node.js 22.17 or later.\n',
  );
  process.exit(1);
}
