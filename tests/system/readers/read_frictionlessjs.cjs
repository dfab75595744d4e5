// All tables of a packaged folder, as frictionless.js reads them: `node read_frictionlessjs.cjs MODULES FOLDER`. It gives texts.
const { join } = require("node:path");
const [modules, folder] = process.argv.slice(2);
const { Dataset } = require(join(modules, "frictionless.js"));
const { version } = require(join(modules, "frictionless.js", "package.json"));

(async () => {
  const dataset = await Dataset.load(join(folder, "datapackage.json"));
  const tables = {};
  for (const file of dataset.resources.filter((one) => one.descriptor.schema)) {
    const rows = [];
    for await (const row of await file.rows()) rows.push(row);
    const [header, ...cells] = rows;
    tables[file.descriptor.name] = { types: Object.fromEntries(header.map((name) => [name, "string"])), rows: cells };
  }
  process.stdout.write(JSON.stringify({ version, tables }));
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
