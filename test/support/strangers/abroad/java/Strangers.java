// Signs and judges with Java libraries that share no code with ours: Iron Verifiable Credentials on Titanium JSON-LD
// for proofs, Nimbus JOSE + JWT for tokens. Reads `{ contexts, orders, cases }` on stdin, prints `{ signed, judged }`;
// what is in them, and how it is run, says README.md in the folder above.
import com.apicatalog.jsonld.document.JsonDocument;
import com.apicatalog.jsonld.loader.DocumentLoader;
import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdErrorCode;
import com.apicatalog.ld.signature.VerificationMethod;
import com.apicatalog.ld.signature.ecdsa.ECDSASignature2019;
import com.apicatalog.ld.signature.ed25519.Ed25519KeyPair2020;
import com.apicatalog.ld.signature.ed25519.Ed25519Signature2020;
import com.apicatalog.ld.signature.eddsa.EdDSASignature2022;
import com.apicatalog.ld.signature.key.KeyPair;
import com.apicatalog.multibase.Multibase;
import com.apicatalog.multicodec.Multicodec;
import com.apicatalog.multicodec.codec.KeyCodec;
import com.apicatalog.multikey.MultiKey;
import com.apicatalog.vc.issuer.Issuer;
import com.apicatalog.vc.issuer.ProofDraft;
import com.apicatalog.vc.method.resolver.MethodResolver;
import com.apicatalog.vc.proof.Proof;
import com.apicatalog.vc.verifier.Verifier;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.math.BigInteger;
import java.net.URI;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;

public final class Strangers {
  static final URI ASSERTION = URI.create("https://w3id.org/security#assertionMethod");
  static final URI KEY_2020 = URI.create("https://w3id.org/security#Ed25519VerificationKey2020");
  static JsonObject contexts;

  public static void main(String[] arguments) throws Throwable {
    JsonObject input;
    try (var reader = Json.createReader(System.in)) {
      input = reader.readObject();
    }
    contexts = input.getJsonObject("contexts");
    var signed = Json.createObjectBuilder();
    for (var order : input.getJsonArray("orders").getValuesAs(JsonObject.class)) {
      var isToken = order.getString("format").startsWith("JWT");
      signed.add(order.getString("name"), isToken ? signTokens(order) : signProofs(order));
    }
    var judged = Json.createObjectBuilder();
    for (var one : input.getJsonArray("cases").getValuesAs(JsonObject.class))
      judged.add(one.getString("name"), one.getString("text").startsWith("{") ? judgeProof(one) : judgeToken(one));
    System.out.println(Json.createObjectBuilder().add("signed", signed).add("judged", judged).build());
  }

  /** The contexts that came with the input and no other: what a verifier should read is pinned. */
  static final DocumentLoader loader = (url, options) -> {
    var context = contexts.get(url.toString());
    if (context == null) throw new JsonLdError(JsonLdErrorCode.LOADING_DOCUMENT_FAILED, url.toString());
    return JsonDocument.of(context.asJsonObject());
  };

  // Iron: Data Integrity proofs and Ed25519Signature2020

  record Suited(String algorithm, Multicodec codec, byte[] publicKey, byte[] privateKey) {}

  static JsonObject signProofs(JsonObject order) throws Throwable {
    var format = order.getString("format");
    var key = format.contains("P-256") ? ecKey("P-256", "secp256r1", 32, KeyCodec.P256_PUBLIC_KEY)
        : format.contains("P-384") ? ecKey("P-384", "secp384r1", 48, KeyCodec.P384_PUBLIC_KEY)
        : edKey();
    var multikey = Multibase.BASE_58_BTC.encode(key.codec.encode(key.publicKey));
    var isWeb = order.getString("method").equals("did:web");
    var did = isWeb ? "did:web:strangers.example.test:java" : "did:key:" + multikey;
    var method = URI.create(did + "#" + (isWeb ? "key-1" : multikey));
    var texts = Json.createObjectBuilder();
    for (var document : order.getJsonObject("documents").entrySet()) {
      var unsigned = read(document.getValue().toString().replace("ISSUER", did));
      Issuer issuer;
      ProofDraft draft;
      if (format.equals("Ed25519Signature2020")) {
        var pair = new Ed25519KeyPair2020(method, URI.create(did), KEY_2020, key.publicKey, key.privateKey);
        issuer = new Ed25519Signature2020().createIssuer(pair);
        var made = Ed25519Signature2020.createDraft(method, ASSERTION);
        made.created(Instant.parse("2024-01-05T09:00:00Z"));
        draft = made;
      } else {
        var pair = pairOf(key, method, did);
        var ecdsa = new ECDSASignature2019();
        var eddsa = new EdDSASignature2022();
        issuer = format.startsWith("ecdsa") ? ecdsa.createIssuer(pair) : eddsa.createIssuer(pair);
        var made = format.contains("P-256") ? ecdsa.createP256Draft(method, ASSERTION)
            : format.contains("P-384") ? ecdsa.createP384Draft(method, ASSERTION)
            : eddsa.createDraft(method, ASSERTION);
        made.created(Instant.parse("2024-01-05T09:00:00Z"));
        draft = made;
      }
      var result = issuer.loader(loader).useBundledContexts(false).sign(unsigned, draft).compacted();
      texts.add(document.getKey(), result.toString());
    }
    var answer = Json.createObjectBuilder().add("did", did).add("signed", texts);
    if (isWeb) answer.add("didDocument", didDocument(did, method.toString(),
        Json.createObjectBuilder().add("type", "Multikey").add("publicKeyMultibase", multikey)));
    return answer.build();
  }

  static MultiKey pairOf(Suited key, URI method, String did) {
    var pair = new MultiKey();
    pair.setId(method);
    pair.setController(URI.create(did));
    pair.setAlgorithm(key.algorithm);
    pair.setPublicKey(key.publicKey);
    pair.setPrivateKey(key.privateKey);
    return pair;
  }

  static Suited edKey() throws Exception {
    var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    return new Suited("Ed25519", KeyCodec.ED25519_PUBLIC_KEY, last(pair.getPublic().getEncoded(), 32), last(pair.getPrivate().getEncoded(), 32));
  }

  static Suited ecKey(String name, String curve, int size, Multicodec codec) throws Exception {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    var pair = generator.generateKeyPair();
    var point = ((ECPublicKey) pair.getPublic()).getW();
    var compressed = new byte[size + 1];
    compressed[0] = (byte) (point.getAffineY().testBit(0) ? 3 : 2);
    System.arraycopy(fixed(point.getAffineX(), size), 0, compressed, 1, size);
    return new Suited(name, codec, compressed, fixed(((ECPrivateKey) pair.getPrivate()).getS(), size));
  }

  static byte[] fixed(BigInteger number, int size) {
    var bytes = number.toByteArray();
    var result = new byte[size];
    var from = Math.max(0, bytes.length - size);
    System.arraycopy(bytes, from, result, size - (bytes.length - from), bytes.length - from);
    return result;
  }

  static byte[] last(byte[] bytes, int size) {
    return Arrays.copyOfRange(bytes, bytes.length - size, bytes.length);
  }

  static JsonObject didDocument(String did, String method, JsonObjectBuilder key) {
    return Json.createObjectBuilder()
        .add("@context", Json.createArrayBuilder(List.of("https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1")))
        .add("id", did)
        .add("verificationMethod", Json.createArrayBuilder().add(key.add("id", method).add("controller", did)))
        .add("assertionMethod", Json.createArrayBuilder().add(method))
        .build();
  }

  /** A case brings the key of its proof, found in the issuer's DID document: `{ name, text, keys: { [id]: multikey } }`. */
  static JsonObject judgeProof(JsonObject one) {
    var keys = one.getJsonObject("keys");
    MethodResolver resolver = new MethodResolver() {
      public VerificationMethod resolve(URI id, DocumentLoader loader, Proof proof) {
        var codes = List.of(KeyCodec.ED25519_PUBLIC_KEY, KeyCodec.P256_PUBLIC_KEY, KeyCodec.P384_PUBLIC_KEY);
        var bytes = Multibase.BASE_58_BTC.decode(keys.getString(id.toString()));
        var codec = codes.stream().filter((code) -> code.isEncoded(bytes)).findFirst().orElseThrow();
        var names = Map.of(KeyCodec.ED25519_PUBLIC_KEY, "Ed25519", KeyCodec.P256_PUBLIC_KEY, "P-256", KeyCodec.P384_PUBLIC_KEY, "P-384");
        var did = id.toString().split("#")[0];
        return one.getString("text").contains("\"Ed25519Signature2020\"")
            ? new Ed25519KeyPair2020(id, URI.create(did), KEY_2020, codec.decode(bytes), null)
            : pairOf(new Suited(names.get(codec), codec, codec.decode(bytes), null), id, did);
      }

      public boolean isAccepted(URI id) {
        return keys.containsKey(id.toString());
      }
    };
    try {
      Verifier.with(new EdDSASignature2022(), new ECDSASignature2019(), new Ed25519Signature2020())
          .loader(loader)
          .useBundledContexts(false)
          .methodResolvers(List.of(resolver))
          .statusValidator((status) -> {})
          .verify(read(one.getString("text")), Map.of());
      return answer(true, "");
    } catch (Throwable error) {
      return answer(false, error.toString());
    }
  }

  // Nimbus: tokens

  static JsonObject signTokens(JsonObject order) throws Exception {
    var format = order.getString("format").split(" ");
    var algorithm = JWSAlgorithm.parse(format[1]);
    JWK key = format[1].equals("RS256") ? new RSAKeyGenerator(2048).generate() : new ECKeyGenerator(Curve.P_256).generate();
    JWSSigner signer = key instanceof RSAKey rsa ? new RSASSASigner(rsa) : new ECDSASigner((ECKey) key);
    var isWeb = order.getString("method").equals("did:web");
    var jwk = key.toPublicJWK().toJSONString();
    var did = isWeb ? "did:web:strangers.example.test:java"
        : "did:jwk:" + Base64.getUrlEncoder().withoutPadding().encodeToString(jwk.getBytes("UTF-8"));
    var method = did + (isWeb ? "#key-1" : "#0");
    var texts = Json.createObjectBuilder();
    for (var document : order.getJsonObject("documents").entrySet()) {
      var credential = read(document.getValue().toString().replace("ISSUER", did));
      var begins = credential.getString(credential.containsKey("validFrom") ? "validFrom" : "issuanceDate");
      var subject = credential.getJsonObject("credentialSubject").getString("id");
      var claims = format.length == 4 && format[2].equals("vc")
          ? Json.createObjectBuilder().add("vc", credential)
          : Json.createObjectBuilder(credential);
      claims.add("iss", did).add("jti", credential.getString("id")).add("sub", subject)
          .add("nbf", Instant.parse(begins).getEpochSecond());
      var header = new JWSHeader.Builder(algorithm).keyID(method);
      if (format.length == 4 && format[2].equals("typ")) header.type(new JOSEObjectType(format[3]));
      var token = new JWSObject(header.build(), new Payload(claims.build().toString()));
      token.sign(signer);
      texts.add(document.getKey(), token.serialize());
    }
    var answer = Json.createObjectBuilder().add("did", did).add("signed", texts);
    if (isWeb) answer.add("didDocument", didDocument(did, method,
        Json.createObjectBuilder().add("type", "JsonWebKey").add("publicKeyJwk", read(jwk))));
    return answer.build();
  }

  /** A case brings the JWK that its `kid` names: `{ name, text, keys: { [kid]: jwk } }`. Signature, `nbf` and `exp` count. */
  static JsonObject judgeToken(JsonObject one) {
    try {
      var token = SignedJWT.parse(one.getString("text"));
      var key = JWK.parse(one.getJsonObject("keys").getJsonObject(token.getHeader().getKeyID()).toString());
      var verifier = key instanceof RSAKey rsa ? new RSASSAVerifier(rsa) : new ECDSAVerifier((ECKey) key);
      if (!token.verify(verifier)) return answer(false, "signature");
      var now = new Date();
      var claims = token.getJWTClaimsSet();
      if (claims.getExpirationTime() != null && claims.getExpirationTime().before(now)) return answer(false, "expired");
      if (claims.getNotBeforeTime() != null && claims.getNotBeforeTime().after(now)) return answer(false, "not yet");
      return answer(true, "");
    } catch (Exception error) {
      return answer(false, String.valueOf(error.getMessage()));
    }
  }

  static JsonObject answer(boolean verified, String reason) {
    return Json.createObjectBuilder().add("verified", verified).add("reason", reason).build();
  }

  static JsonObject read(String text) {
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }
}
