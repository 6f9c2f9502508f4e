// A SAML identity provider that vouches for the person named in the address: /sso?…&who=NAME.
// node saml.mjs PORT KEY CERTIFICATE SERVICE_ENTITY SERVICE_ADDRESS
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const samlify = createRequire(pathToFileURL(`${process.cwd()}/`))("samlify");
const [port, key, certificate, entity, address] = process.argv.slice(2);
samlify.setSchemaValidator({ validate: () => Promise.resolve("not checked: the service checks ours") });
const base = `http://127.0.0.1:${port}`;
const { binding, namespace } = samlify.Constants;
const plain = { nameFormat: "urn:oasis:names:tc:SAML:2.0:attrname-format:uri", valueXsiType: "xs:string" };
const template = {
  context: samlify.SamlLib.defaultLoginResponseTemplate.context.replace(
    "{AuthnStatement}",
    '<saml:AuthnStatement AuthnInstant="{IssueInstant}"><saml:AuthnContext><saml:AuthnContextClassRef>' +
      "urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>",
  ),
  attributes: [
    { name: "urn:oasis:names:tc:SAML:attribute:subject-id", valueTag: "subject", ...plain },
    { name: "urn:oid:0.9.2342.19200300.100.1.3", valueTag: "mail", ...plain },
    { name: "urn:oid:2.5.4.42", valueTag: "given", ...plain },
  ],
};
const idp = samlify.IdentityProvider({
  entityID: `${base}/entity`,
  privateKey: readFileSync(key),
  signingCert: readFileSync(certificate),
  isAssertionEncrypted: false,
  nameIDFormat: ["urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"],
  singleSignOnService: [{ Binding: namespace.binding.redirect, Location: `${base}/sso` }],
  loginResponseTemplate: template,
});
const sp = samlify.ServiceProvider({
  entityID: entity,
  wantAssertionsSigned: true,
  assertionConsumerService: [{ Binding: namespace.binding.post, Location: address }],
});

const filled = (who, request) => (text) => {
  const now = new Date();
  const until = new Date(now.getTime() + 300000);
  const id = `_${Math.random().toString(16).slice(2)}${now.getTime()}`;
  const values = {
    ID: id, AssertionID: `_a${id}`, Destination: address, Audience: entity, SubjectRecipient: address,
    Issuer: `${base}/entity`, IssueInstant: now.toISOString(), ConditionsNotBefore: now.toISOString(),
    ConditionsNotOnOrAfter: until.toISOString(), SubjectConfirmationDataNotOnOrAfter: until.toISOString(),
    AssertionConsumerServiceURL: address, EntityID: entity, InResponseTo: request, StatusCode: samlify.Constants.StatusCode.Success,
    NameIDFormat: "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent", NameID: who,
    attrSubject: who, attrMail: `${who}@partner.example`, attrGiven: who,
  };
  return { id, context: samlify.SamlLib.replaceTagsByValue(text, values) };
};

createServer(async (question, answer) => {
  const url = new URL(question.url, base);
  if (url.pathname === "/metadata") return answer.end(idp.getMetadata());
  try {
    const query = Object.fromEntries(url.searchParams);
    const asked = await idp.parseLoginRequest(sp, "redirect", { query });
    const who = url.searchParams.get("who");
    const made = await idp.createLoginResponse(sp, asked, "post", {}, filled(who, asked.extract.request.id));
    answer.end(made.context);
  } catch (error) {
    answer.statusCode = 500;
    answer.end(String(error?.stack ?? error));
  }
}).listen(Number(port), "127.0.0.1");
