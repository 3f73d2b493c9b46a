// Signs and judges with SpruceID's `ssi` crate, of which DIDKit is an older edition. Reads `{ contexts, orders, cases }`
// on stdin, prints `{ signed, judged }`; what is in them, and how it is run, says README.md in the folder above.
use serde_json::{json, Map, Value};
use ssi::claims::vc::syntax::AnyJsonCredential;
use ssi::claims::SignatureEnvironment;
use ssi::dids::{AnyDidMethod, DIDKey, DIDResolver};
use ssi::json_ld::ContextLoader;
use ssi::prelude::*;
use ssi::verification_methods::ProofPurpose;
use std::collections::HashMap;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let input: Value = serde_json::from_reader(std::io::stdin()).expect("JSON on stdin");
    let contexts: HashMap<String, String> = input["contexts"]
        .as_object()
        .expect("contexts")
        .iter()
        .map(|(url, context)| (url.clone(), context.to_string()))
        .collect();
    let loader = || {
        ContextLoader::empty()
            .with_context_map_from(contexts.clone())
            .expect("contexts")
    };
    let mut signed = Map::new();
    for order in input["orders"].as_array().expect("orders") {
        signed.insert(text(&order["name"]), sign(order, &loader).await);
    }
    let mut judged = Map::new();
    for one in input["cases"].as_array().expect("cases") {
        let answer = match judge(one, loader()).await {
            Ok(()) => json!({ "verified": true, "reason": "" }),
            Err(reason) => json!({ "verified": false, "reason": reason }),
        };
        judged.insert(text(&one["name"]), answer);
    }
    println!("{}", json!({ "signed": signed, "judged": judged }));
}

fn text(value: &Value) -> String {
    value.as_str().expect("a string").to_string()
}

async fn sign(order: &Value, loader: &impl Fn() -> ContextLoader) -> Value {
    let format = text(&order["format"]);
    let key = match format.as_str() {
        "ecdsa-rdfc-2019 P-256" => JWK::generate_p256(),
        "ecdsa-rdfc-2019 P-384" => JWK::generate_p384(),
        _ => JWK::generate_ed25519().expect("a key"),
    };
    let did = DIDKey::generate(&key).expect("a DID").to_string();
    let method = DIDKey::generate_url(&key).expect("a DID URL");
    let suite = match format.split(' ').next().expect("a suite") {
        "eddsa-rdfc-2022" => AnySuite::EdDsaRdfc2022,
        "ecdsa-rdfc-2019" => AnySuite::EcdsaRdfc2019,
        "Ed25519Signature2020" => AnySuite::Ed25519Signature2020,
        other => panic!("no such suite: {other}"),
    };
    let resolver = AnyDidMethod::default().into_vm_resolver();
    let signer = SingleSecretSigner::new(key).into_local();
    let mut texts = Map::new();
    for (name, document) in order["documents"].as_object().expect("documents") {
        let named = document.to_string().replace("ISSUER", &did);
        let credential: AnyJsonCredential = serde_json::from_str(&named).expect("a credential");
        let options = ProofOptions::new(
            "2024-01-05T09:00:00Z".parse().expect("a time"),
            method.clone().into_iri().into(),
            ProofPurpose::Assertion,
            Default::default(),
        );
        let environment = SignatureEnvironment {
            json_ld_loader: loader(),
            eip712_loader: (),
        };
        let signed = suite
            .sign_with(environment, credential, &resolver, &signer, options, Default::default())
            .await
            .expect("a signature");
        texts.insert(name.clone(), Value::String(serde_json::to_string(&signed).expect("JSON")));
    }
    json!({ "did": did, "signed": texts })
}

/// Whether the proof and the period hold; the key is found from the did:key.
async fn judge(one: &Value, loader: ContextLoader) -> Result<(), String> {
    let text = one["text"].as_str().unwrap_or("");
    let credential: AnyDataIntegrity<AnyJsonCredential> =
        serde_json::from_str(text).map_err(|error| error.to_string())?;
    if credential.proofs.is_empty() {
        return Err("no proof".to_string());
    }
    let resolver = AnyDidMethod::default().into_vm_resolver();
    let parameters = VerificationParameters::from_resolver(resolver).with_json_ld_loader(loader);
    credential
        .verify(parameters)
        .await
        .map_err(|error| error.to_string())?
        .map_err(|invalid| invalid.to_string())
}
