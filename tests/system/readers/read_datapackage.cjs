// All tables of a packaged folder, as datapackage-js reads them: `node read_datapackage.cjs MODULES FOLDER`; and its errors.
const { join } = require("node:path");
const [modules, folder] = process.argv.slice(2);
const { Package } = require(join(modules, "datapackage"));
const { version } = require(join(modules, "datapackage", "package.json"));

// A cell as JSON: days come as midnight of the local time zone.
const two = (number) => String(number).padStart(2, "0");
const plain = (value) =>
  value instanceof Date ? `${value.getFullYear()}-${two(value.getMonth() + 1)}-${two(value.getDate())}` : value;

(async () => {
  const found = await Package.load(join(folder, "datapackage.json"));
  const errors = found.errors.map(String);
  const tables = {};
  for (const resource of found.resources.filter((one) => one.tabular)) {
    const types = Object.fromEntries(resource.schema.fields.map((field) => [field.name, field.type]));
    try {
      await resource.checkRelations();
    } catch (error) {
      errors.push(`${resource.name}: ${error.message}`);
    }
    tables[resource.name] = { types, rows: (await resource.read()).map((row) => row.map(plain)) };
  }
  process.stdout.write(JSON.stringify({ version, tables, errors }));
})().catch((error) => {
  console.error(error, error.errors);
  process.exit(1);
});
