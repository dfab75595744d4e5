// Loaded into the language server before its own code: every connection it tries is written down and refused.
const fs = require("node:fs");
const net = require("node:net");
net.Socket.prototype.connect = function (...target) {
  fs.appendFileSync(process.env.CONNECTIONS, JSON.stringify(target.flat()[0]) + "\n");
  process.nextTick(() => this.destroy(new Error("no network in tests")));
  return this;
};
