// A GEXF file as Gephi Lite reads it: `node read_gexf.cjs MODULES FILE`; its nodes and edges as JSON.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const [modules, path] = process.argv.slice(2);
const Graph = require(join(modules, "graphology"));
const gexf = require(join(modules, "graphology-gexf"));

const graph = gexf.parse(Graph, readFileSync(path, "utf8"), { addMissingNodes: false, allowUndeclaredAttributes: false });
process.stdout.write(
  JSON.stringify({
    type: graph.type,
    nodes: Object.fromEntries(graph.mapNodes((key, attributes) => [key, attributes])),
    edges: Object.fromEntries(graph.mapEdges((key, attributes, source, target) => [key, { source, target, ...attributes }])),
  }),
);
