// Bundles the page into dist/: three scripts, one style sheet, one document, and files.txt that names them.
// Everything comes from this folder and the packages of the lock file; the page loads nothing else.
import { build } from "esbuild";
import { copyFile, mkdir, readdir, rm, writeFile } from "node:fs/promises";

const out = "dist";
await rm(out, { recursive: true, force: true });
await mkdir(out);
await build({
  entryPoints: ["src/app.ts", "src/layout.ts", "src/chart.ts", "src/app.css"],
  // Loaded when a view needs it.
  external: ["./chart.js"],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  conditions: ["production"],
  legalComments: "none",
  outdir: out,
  logLevel: "warning",
});
await copyFile("src/index.html", `${out}/index.html`);
await copyFile("src/icon.svg", `${out}/icon.svg`);
await copyFile("NOTICE.txt", `${out}/NOTICE.txt`);
await writeFile(`${out}/files.txt`, (await readdir(out)).sort().join("\n") + "\n");
