import { addressOf, type Structural } from './structures.js';
import { anInnerNode, isTree, nodesOf, placesIn, type Pick, type Tree } from './tree.js';

const v2 = 'https://www.w3.org/ns/credentials/v2';
const v1 = 'https://www.w3.org/2018/credentials/v1';
const ob = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';

const listed = (value: unknown): unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];
const proofsOf = (root: Tree): Tree[] => listed(root['proof']).filter(isTree);
const withContexts =
  (change: (contexts: unknown[], pick: Pick) => unknown): Structural =>
  (root, pick) => {
    root['@context'] = change(listed(root['@context']), pick);
    return true;
  };
const ofProof =
  (change: (proof: Tree, pick: Pick, root: Tree, others: readonly Tree[]) => unknown): Structural =>
  (root, pick, others) => {
    const proofs = proofsOf(root);
    if (proofs.length === 0) return false;
    const changed = change(pick.one(proofs), pick, root, others);
    if (changed === undefined) return false;
    root['proof'] = changed;
    return true;
  };

const garbage = (proof: Tree): Tree => ({
  ...proof,
  proofValue: String(proof['proofValue']).replace(/.{3}$/, '222'),
});

/** Changes of what the document says it is read by, signed by and in force by. */
export const secured: { readonly [name: string]: Structural } = {
  'contexts in another order': withContexts((contexts) => [...contexts].reverse()),
  'a known context more': withContexts((contexts, pick) => {
    const more = pick.one([
      v1,
      v2,
      ob,
      'https://purl.imsglobal.org/spec/ob/v3p0/context.json',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json',
      'https://w3id.org/security/data-integrity/v2',
      'https://w3id.org/vc/status-list/2021/v1',
      'https://www.w3.org/ns/did/v1',
      'https://www.w3.org/ns/credentials/examples/v2',
    ]);
    return pick(2) === 0 ? [...contexts, more] : [more, ...contexts];
  }),
  'an unknown context more': withContexts((contexts, pick) => [
    ...contexts,
    pick.one([
      'https://evil.example/context.json',
      'http://127.0.0.1/c',
      'file:///etc/passwd',
      'data:application/json,{}',
      '',
      './c',
      v2.toUpperCase(),
      `${v2}/`,
      `${v2}#`,
    ]),
  ]),
  'definitions of its own': withContexts((contexts, pick) => {
    const own = pick.one<unknown>([
      {},
      null,
      { '@vocab': 'https://evil.example/' },
      { '@base': 'https://evil.example/' },
      { '@language': 'en' },
      { credentialStatus: null },
      { validUntil: null },
      { validUntil: 'https://evil.example/until' },
      { name: 'https://schema.org/description' },
      { note: 'https://evil.example/note' },
      { '@propagate': false },
      { '@import': v2 },
      { '@version': 1.1, id: '@id' },
      { x: { '@id': 'https://schema.org/name', '@container': '@index' } },
      { y: { '@reverse': addressOf('credentialStatus') } },
      { status: addressOf('credentialStatus') },
      { n: '@nest' },
      { '@protected': false },
    ]);
    return pick(3) === 0 ? [own, ...contexts] : [...contexts, own];
  }),
  'contexts fewer': withContexts((contexts, pick) =>
    contexts.filter((_, at) => at !== pick(contexts.length)),
  ),
  'another version of a context': withContexts((contexts, pick) =>
    contexts.map((context) =>
      context === v2 && pick(2) === 0
        ? v1
        : context === ob
          ? pick.one([ob.replace('3.0.3', '3.0.2'), ob.replace('3.0.3', '3.0.1'), ob.replace('-3.0.3', '')])
          : context,
    ),
  ),
  'contexts in another form': withContexts((contexts, pick) =>
    pick.one<unknown>([
      contexts[0],
      [contexts],
      { '@context': contexts },
      contexts.map((context) => ({ '@context': context })),
      null,
      [],
      undefined,
      [...contexts, ...contexts],
    ]),
  ),
  'a context in a node': (root, pick) => {
    const node = anInnerNode(root, pick);
    node['@context'] = pick.one<unknown>([
      null,
      {},
      v2,
      [v2, ob],
      { name: null },
      { id: null },
      { type: 'https://evil.example/type' },
      [],
      { '@vocab': 'https://evil.example/' },
    ]);
    return true;
  },
  'the proof twice': ofProof((proof, pick) =>
    pick.one<unknown>([
      [proof, proof],
      [proof, { ...proof }, proof],
    ]),
  ),
  'a made-up proof beside it': ofProof((proof, pick) =>
    pick.one<unknown>([
      [proof, garbage(proof)],
      [garbage(proof), proof],
      [proof, { ...proof, cryptosuite: 'made-up-2026' }],
      [{ ...proof, cryptosuite: 'made-up-2026' }, proof],
      [proof, {}],
      [proof, null],
      [proof, 'x'],
      [[proof]],
      { '@graph': proof },
      { '@set': [proof] },
      [proof, { ...proof, created: '2020-01-01T00:00:00Z' }],
    ]),
  ),
  'the proof of another credential': ofProof((proof, pick, _root, others) => {
    const foreign = proofsOf(pick.one(others));
    return foreign.length === 0
      ? undefined
      : pick.one<unknown>([foreign, [proof, ...foreign], [...foreign, proof]]);
  }),
  'the proof in a node': ofProof((proof, pick, root) => {
    anInnerNode(root, pick)['proof'] = [proof];
    return pick.one<unknown>([[], [proof], null]);
  }),
  'no proof': (root) => delete root['proof'],
  'a proof with a member more': ofProof((proof, pick) => {
    const [name, value] = pick.one<readonly [string, unknown]>([
      ['@context', v2],
      ['@context', { proofValue: null }],
      ['id', 'urn:proof:1'],
      ['expires', '2020-01-01T00:00:00Z'],
      ['expires', '2090-01-01T00:00:00Z'],
      ['domain', 'evil.example'],
      ['challenge', 'x'],
      ['nonce', 'x'],
      ['previousProof', 'urn:proof:1'],
      ['name', 'Unsigned'],
      ['credentialStatus', { id: 'urn:x' }],
      ['@index', 'x'],
      ['jws', 'a..b'],
      ['signatureValue', 'x'],
      ['https://w3id.org/security#proofValue', 'zabc'],
    ]);
    return [{ ...proof, [name]: value }];
  }),
  'a proof with a member less': ofProof((proof, pick) => {
    const left = { ...proof };
    delete left[pick.one(Object.keys(left))];
    return [left];
  }),
  'a proof with other values': ofProof((proof, pick) => [
    {
      ...proof,
      ...pick.one<Tree>([
        { type: 'Ed25519Signature2020' },
        { type: 'Ed25519Signature2018' },
        { type: ['DataIntegrityProof'] },
        { cryptosuite: 'eddsa-rdfc-2022' },
        { cryptosuite: 'eddsa-jcs-2022' },
        { cryptosuite: 'ecdsa-rdfc-2019' },
        { cryptosuite: 'ecdsa-sd-2023' },
        { cryptosuite: 'bbs-2023' },
        { cryptosuite: ['eddsa-rdfc-2022'] },
        { cryptosuite: 'constructor' },
        { proofPurpose: 'authentication' },
        { proofPurpose: ['assertionMethod'] },
        { proofPurpose: 'https://w3id.org/security#assertionMethod' },
        { verificationMethod: { id: proof['verificationMethod'] } },
        { verificationMethod: [proof['verificationMethod']] },
        { verificationMethod: 'did:web:evil.example#proof-1' },
        { verificationMethod: String(proof['verificationMethod']).replace(/#.*/, '#proof-2') },
        { verificationMethod: String(proof['verificationMethod']).replace(/#.*/, '') },
        { proofValue: `${String(proof['proofValue'])} ` },
        { proofValue: [proof['proofValue']] },
        { proofValue: `u${Buffer.from('x').toString('base64url')}` },
        { proofValue: `z1${String(proof['proofValue']).slice(1)}` },
        { proofValue: '' },
        { created: '2026-11-20' },
        { created: ['2026-11-20T09:00:00Z'] },
      ]),
    },
  ]),
  'a status moved inside': (root, pick) => {
    const status = root['credentialStatus'];
    if (status === undefined) return false;
    delete root['credentialStatus'];
    anInnerNode(root, pick)['credentialStatus'] = status;
    return true;
  },
  'an end moved inside': (root, pick) => {
    const until = root['validUntil'] ?? root['expirationDate'];
    if (until === undefined) return false;
    delete root['validUntil'];
    delete root['expirationDate'];
    anInnerNode(root, pick)['validUntil'] = until;
    return true;
  },
  'another status beside it': (root, pick) => {
    const status = root['credentialStatus'];
    if (!isTree(status)) return false;
    const other = {
      ...status,
      ...pick.one<Tree>([
        { statusListIndex: '1' },
        { statusPurpose: 'refresh' },
        { statusPurpose: 'message' },
        { statusListCredential: 'https://evil.example/list' },
        { id: 'urn:x' },
        { type: 'Other' },
        { statusListIndex: '1', id: 'urn:y' },
      ]),
    };
    root['credentialStatus'] = pick.one<unknown>([
      [other, status],
      [status, other],
      other,
      { ...status, status: other },
    ]);
    return true;
  },
  'an id of another node': (root, pick) => {
    const ids = placesIn(root).filter(({ key, value }) => key === 'id' && typeof value === 'string');
    if (ids.length < 2) return false;
    const [to, from] = [pick.one(ids), pick.one([...ids, { value: root['id'] }])];
    if (to.value === from.value) return false;
    to.holder['id'] = from.value;
    return true;
  },
  'an id taken away or made blank': (root, pick) => {
    const ids = placesIn(root).filter(({ key }) => key === 'id');
    if (ids.length === 0) return false;
    const { holder } = pick.one(ids);
    const id = pick.one<unknown>([
      undefined,
      '_:b0',
      '_:c14n0',
      '',
      '#',
      './x',
      [holder['id']],
      { id: holder['id'] },
    ]);
    if (id === undefined) delete holder['id'];
    else holder['id'] = id;
    return true;
  },
  'one node told in two places': (root, pick) => {
    // Where an id stands as text, a part of its node is told there instead: the graph is the same.
    const nodes = nodesOf(root).filter(
      (node) => typeof node['id'] === 'string' && Object.keys(node).length > 2,
    );
    if (nodes.length === 0) return false;
    const node = pick.one(nodes);
    const parts = Object.keys(node).filter((name) => name !== 'id' && name !== '@context');
    const moved = parts.filter((_, at) => at === 0 || pick(2) === 0);
    const copy: Tree = { id: node['id'], ...Object.fromEntries(moved.map((name) => [name, node[name]])) };
    const mentions = placesIn(root).filter(
      ({ key, value, holder }) => value === node['id'] && key !== 'id' && holder !== node,
    );
    if (mentions.length > 0) {
      const { holder, key } = pick.one(mentions);
      holder[key] = copy;
    } else {
      const elsewhere = nodesOf(root).filter((other) => other !== node);
      if (elsewhere.length === 0) return false;
      pick.one(elsewhere)[
        pick.one(['@included', 'related', 'evidence', 'creator', 'source', 'endorsement'])
      ] = [copy];
    }
    for (const name of moved) delete node[name];
    return true;
  },
  'another credential put inside': (root, pick, others) => {
    const node = pick.one(nodesOf(root));
    const name = pick.one([
      'endorsement',
      'evidence',
      'verifiableCredential',
      'achievement',
      'credentialSubject',
      'termsOfUse',
      'vc',
    ]);
    const inner = structuredClone(pick.one(others));
    node[name] = pick(2) === 0 ? [...listed(node[name]), inner] : inner;
    return true;
  },
  'put into something else': (root, pick) => {
    const whole = structuredClone(root);
    for (const key of Object.keys(root)) delete root[key];
    Object.assign(
      root,
      pick.one<Tree>([
        { '@context': whole['@context'], '@graph': [whole] },
        { vc: whole },
        { credential: whole },
        { '@included': [whole], '@context': v2 },
        { ...whole, vc: whole },
        { '@context': [v2], type: ['VerifiablePresentation'], verifiableCredential: [whole] },
        {
          '@context': v2,
          type: ['VerifiableCredential'],
          issuer: whole['issuer'],
          credentialSubject: whole,
          proof: whole['proof'],
        },
        {
          '@context': v2,
          type: 'EnvelopedVerifiableCredential',
          id: `data:application/vc,${JSON.stringify(whole)}`,
        },
        { ...whole, '@graph': [{ name: 'Unsigned' }] },
        { ...whole, verifiableCredential: [whole] },
      ]),
    );
    return true;
  },
};
