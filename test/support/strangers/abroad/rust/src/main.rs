// Signs and judges eddsa-jcs-2022 with the `affinidi-data-integrity` crate. Reads `{ orders, cases }` on stdin, prints
// `{ signed, judged }`; what is in them, and how it is run, says README.md in the folder above.
use affinidi_data_integrity::{
    crypto_suites::CryptoSuite, DataIntegrityProof, SignOptions, VerifyOptions,
};
use affinidi_secrets_resolver::secrets::Secret;
use serde_json::{json, Map, Value};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let input: Value = serde_json::from_reader(std::io::stdin()).expect("JSON on stdin");
    let mut signed = Map::new();
    for order in input["orders"].as_array().expect("orders") {
        signed.insert(text(&order["name"]), sign(order).await);
    }
    let mut judged = Map::new();
    for one in input["cases"].as_array().expect("cases") {
        judged.insert(text(&one["name"]), judge(one));
    }
    println!("{}", json!({ "signed": signed, "judged": judged }));
}

fn text(value: &Value) -> String {
    value.as_str().expect("a string").to_string()
}

async fn sign(order: &Value) -> Value {
    let mut secret = Secret::generate_ed25519(None, None);
    let multikey = secret.get_public_keymultibase().expect("a multikey");
    let is_web = order["method"] == "did:web";
    let did = if is_web {
        "did:web:strangers.example.test:rust".to_string()
    } else {
        format!("did:key:{multikey}")
    };
    let method = format!("{did}#{}", if is_web { "key-1" } else { &multikey });
    secret.id = method.clone();
    let mut texts = Map::new();
    for (name, document) in order["documents"].as_object().expect("documents") {
        let named = document.to_string().replace("ISSUER", &did);
        let mut document: Value = serde_json::from_str(&named).expect("JSON");
        let contexts: Vec<String> =
            serde_json::from_value(document["@context"].clone()).expect("contexts");
        let options = SignOptions::new()
            .with_context(contexts)
            .with_created("2024-01-05T09:00:00Z".parse().expect("a time"))
            .with_cryptosuite(CryptoSuite::EddsaJcs2022);
        let proof = DataIntegrityProof::sign(&document, &secret, options)
            .await
            .expect("a proof");
        document["proof"] = serde_json::to_value(&proof).expect("JSON");
        texts.insert(name.clone(), Value::String(document.to_string()));
    }
    let mut answer = json!({ "did": did, "signed": texts });
    if is_web {
        answer["didDocument"] = json!({
            "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
            "id": did,
            "verificationMethod": [
                { "id": method, "type": "Multikey", "controller": did, "publicKeyMultibase": multikey }
            ],
            "assertionMethod": [method],
        });
    }
    answer
}

/// A case brings the key of its proof: `{ name, text, keys: { [id]: multikey } }`.
fn judge(one: &Value) -> Value {
    let attempt = || -> Result<(), String> {
        let mut document: Value =
            serde_json::from_str(one["text"].as_str().unwrap_or("")).map_err(|e| e.to_string())?;
        let given = document
            .as_object_mut()
            .and_then(|object| object.remove("proof"))
            .ok_or("no proof")?;
        let given = given.as_array().map_or(given.clone(), |list| list[0].clone());
        let method = given["verificationMethod"].as_str().ok_or("no method")?.to_string();
        let proof: DataIntegrityProof =
            serde_json::from_value(given).map_err(|e| e.to_string())?;
        let key = one["keys"][&method].as_str().ok_or("no key")?;
        let decoded = Secret::decode_multikey(key).map_err(|e| e.to_string())?;
        proof
            .verify_with_public_key(&document, &decoded, VerifyOptions::new())
            .map_err(|e| e.to_string())?;
        Ok(())
    };
    match attempt() {
        Ok(()) => json!({ "verified": true, "reason": "" }),
        Err(reason) => json!({ "verified": false, "reason": reason }),
    }
}
