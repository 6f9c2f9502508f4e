// An OpenID provider with two people in it, whose sign-in page takes whatever name is typed.
// node oidc.mjs PORT CLIENT_REDIRECT
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [port, redirect] = process.argv.slice(2);
const at = createRequire(pathToFileURL(`${process.cwd()}/`)).resolve("oidc-provider");
const { default: Provider } = await import(pathToFileURL(at));

const people = {
  lin: { sub: "lin", name: "林晓", email: "lin@uni.example", email_verified: true },
  owner: { sub: "owner", name: "Owner", email: "owner@example.org", email_verified: true },
};
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: "accord",
      client_secret: "a-secret-of-the-tests-alone",
      redirect_uris: [redirect],
      token_endpoint_auth_method: "client_secret_basic",
    },
  ],
  claims: { openid: ["sub"], profile: ["name"], email: ["email", "email_verified"] },
  findAccount: (_context, id) => ({ accountId: people[id]?.sub ?? id, claims: () => people[id] ?? { sub: id } }),
  pkce: { required: () => true },
});
provider.listen(Number(port), "127.0.0.1");
