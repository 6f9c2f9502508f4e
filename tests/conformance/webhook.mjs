// Verifies one webhook as a receiver would; prints its type, or why it is refused.
// node webhook.mjs SECRET < {"headers": {…}, "body": "…"}
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const { Webhook } = createRequire(pathToFileURL(`${process.cwd()}/`))("standardwebhooks");
const { headers, body } = JSON.parse(readFileSync(0, "utf8"));
try {
  console.log(new Webhook(process.argv[2]).verify(body, headers).type);
} catch (error) {
  console.log(`refused: ${error.name}`);
}
