// A client of the official TypeScript SDK that works a whole shift: it sends next[0] of each answer,
// says yes to whatever it is asked, and prints a line for each call. usage: node shift.mjs v1|v2 http URL TOKEN,
// or node shift.mjs v1|v2 stdio COMMAND ARG...
import { createInterface } from 'node:readline';

const [era, transport, ...way] = process.argv.slice(2);
const info = { name: 'sdk-' + era, version: '1' };
const capabilities = { elicitation: { form: {}, url: {} } };
let asked = 0;
const pages = [];
const accept = async (request) => {
  asked++;
  pages.push(request.params?.url ?? request.url);
  return { action: 'accept', content: { approve: true, confirm: true } };
};

/** Over what this client speaks; the two eras keep their transports in different modules. */
function overWhat(Http, Stdio) {
  if (transport === 'stdio') {
    return new Stdio({ command: way[0], args: way.slice(1), stderr: 'ignore' });
  }
  const [url, token] = way;
  return new Http(new URL(url), { requestInit: { headers: { Authorization: `Bearer ${token}` } } });
}

async function connected() {
  if (era === 'v1') {
    const { Client } = await import('@modelcontextprotocol/sdk/client/index.js');
    const { StreamableHTTPClientTransport } = await import('@modelcontextprotocol/sdk/client/streamableHttp.js');
    const { StdioClientTransport } = await import('@modelcontextprotocol/sdk/client/stdio.js');
    const { ElicitRequestSchema } = await import('@modelcontextprotocol/sdk/types.js');
    const client = new Client(info, { capabilities });
    client.setRequestHandler(ElicitRequestSchema, accept);
    await client.connect(overWhat(StreamableHTTPClientTransport, StdioClientTransport));
    return client;
  }
  const { Client, StreamableHTTPClientTransport } = await import('@modelcontextprotocol/client');
  const { StdioClientTransport } = await import('@modelcontextprotocol/client/stdio');
  const client = new Client(info, { capabilities, versionNegotiation: { mode: 'auto' } });
  client.setRequestHandler('elicitation/create', accept);
  await client.connect(overWhat(StreamableHTTPClientTransport, StdioClientTransport));
  return client;
}

const client = await connected();
const tools = (await client.listTools()).tools.map((tool) => tool.name);
console.log(JSON.stringify({ tools, server: client.getServerVersion()?.name }));
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

let call = { tool: 'begin_shift', arguments: { request: 'Ship 1.0.1', environment: 'production' } };
for (let i = 0; call && i < 40; i++) {
  const result = await client.callTool({ name: call.tool, arguments: call.arguments });
  const content = result.structuredContent ?? {};
  console.log(JSON.stringify({ called: call.tool, content, asked }));
  if (content.state === 'waiting_for_approval') {
    await lines.next(); // a person decides; whoever runs this says when it is time to look again
    call = { tool: 'deploy', arguments: { plan: content.plan } };
  } else {
    const from = content.refused?.[0] ?? content;
    call = from.next?.[0];
  }
}
console.log(JSON.stringify({ ended: true, asked, pages }));
await client.close();
process.exit(0);
