// HTTPS before a service on this machine, for suites that call nothing else: node tls-front.mjs PORT SERVICE-PORT KEY CERT
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:https';

const [port, target, key, cert] = process.argv.slice(2);
createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (asked, reply) => {
  const { url: path, method, headers } = asked;
  const passed = request({ host: '127.0.0.1', port: Number(target), path, method, headers }, (answer) => {
    reply.writeHead(answer.statusCode, answer.headers);
    answer.pipe(reply);
  });
  passed.on('error', () => reply.writeHead(502).end());
  asked.pipe(passed);
}).listen(Number(port), '127.0.0.1');
