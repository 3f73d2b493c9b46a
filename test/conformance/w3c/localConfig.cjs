// The configuration that points every W3C suite at a running service: copied into the suite's folder under this name.
// BASE_URL is where the service is; ISSUERS a file with what `touchstone interop list` prints.
const { readFileSync } = process.getBuiltinModule('node:fs');

const base = process.env.BASE_URL;
const issuers = JSON.parse(readFileSync(process.env.ISSUERS, 'utf8'));
const did = (keyType) => issuers.find((one) => one.keyType === keyType).issuerId;

const issuer = (keyType, options, tags, more = {}) => ({
  id: did(keyType),
  endpoint: `${base}/credentials/issue`,
  options,
  tags,
  supports: { vc: ['1.1', '2.0'] },
  ...more,
});
const verifier = (tags, more = {}) => ({
  id: did('Ed25519'),
  endpoint: `${base}/credentials/verify`,
  tags,
  supports: { vc: ['1.1', '2.0'] },
  ...more,
});
// These suites hand in vectors whose issuer is not the owner of the key: the proof alone is theirs to ask.
const proofOnly = { options: { checks: ['proof'] } };
const ecdsa = (keyType) =>
  issuer(keyType, { cryptosuite: 'ecdsa-rdfc-2019' }, ['ecdsa-rdfc-2019'], {
    supportedEcdsaKeyTypes: [keyType],
  });

module.exports = {
  settings: { enableInteropTests: false, testAllImplementations: false },
  implementations: [
    {
      name: 'Touchstone',
      implementation: 'Touchstone',
      'jose-cose': { features: { credential_jose: true, presentation_jose: true } },
      issuers: [
        issuer('Ed25519', { cryptosuite: 'eddsa-rdfc-2022' }, ['vc2.0', 'eddsa-rdfc-2022']),
        issuer('Ed25519', { cryptosuite: 'eddsa-jcs-2022' }, ['eddsa-jcs-2022']),
        issuer('Ed25519', { cryptosuite: 'Ed25519Signature2020' }, ['Ed25519Signature2020', 'vc-api'], {
          supports: { vc: ['1.1'] },
        }),
        issuer('Ed25519', { statusPurpose: 'revocation' }, ['BitstringStatusList']),
        issuer('Ed25519', { format: 'vc+jwt' }, ['EnvelopingProof']),
        ecdsa('P-256'),
        ecdsa('P-384'),
      ],
      verifiers: [
        verifier(['vc2.0', 'EnvelopingProof', 'BitstringStatusList', 'Ed25519Signature2020', 'vc-api']),
        verifier(['eddsa-rdfc-2022', 'eddsa-jcs-2022'], proofOnly),
        verifier(['ecdsa-rdfc-2019'], { ...proofOnly, supportedEcdsaKeyTypes: ['P-256', 'P-384'] }),
      ],
      vpVerifiers: [
        {
          id: did('Ed25519'),
          endpoint: `${base}/presentations/verify`,
          tags: ['vc2.0', 'EnvelopingProof'],
        },
      ],
    },
  ],
};
