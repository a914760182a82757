//! Tokens that nobody issued.

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::spec::SigningAlg;
use serde_json::Value;

use super::world::World;

/// base64url.
pub fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The bytes of one part of a token.
pub fn decode(part: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(part).expect("base64url")
}

/// Header, payload and signature.
pub fn parts(token: &str) -> [String; 3] {
    let parts: Vec<String> = token.split('.').map(str::to_owned).collect();
    parts.try_into().expect("three parts")
}

/// The same token with another header.
pub fn with_header(token: &str, header: &Value) -> String {
    let [_, payload, signature] = parts(token);
    format!("{}.{payload}.{signature}", encode(header.to_string()))
}

/// The header of a token.
pub fn header(token: &str) -> Value {
    serde_json::from_slice(&decode(&parts(token)[0])).expect("a header")
}

/// Every character of a token changed once, and every way to cut or lengthen it a little.
pub fn bent(token: &str) -> Vec<String> {
    let flipped = (0..token.len()).step_by(token.len() / 40 + 1).map(|at| {
        let mut bytes = token.as_bytes().to_vec();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        String::from_utf8(bytes).expect("ASCII")
    });
    let cut = [1, 2, 8, token.len() / 2].map(|less| token[..token.len() - less].to_owned());
    let more = ["A", "=", ".", ".A", "00"].map(|more| format!("{token}{more}"));
    let spelled = [token.to_uppercase(), format!("A{token}")];
    flipped.chain(cut).chain(more).chain(spelled).filter(|other| other != token).collect()
}

/// Without any signature, in the spellings that libraries have fallen for.
pub fn unsigned(token: &str) -> Vec<String> {
    let [_, payload, signature] = parts(token);
    let mut forged = Vec::new();
    for alg in ["none", "None", "NONE", "nOnE", ""] {
        let mut header = header(token);
        header["alg"] = alg.into();
        let header = encode(header.to_string());
        forged.extend(["", &signature, "AA"].map(|signature| format!("{header}.{payload}.{signature}")));
    }
    forged
}

/// HMACs with the public key as their secret.
pub async fn confused(world: &World, token: &str) -> Vec<String> {
    let [_, payload, _] = parts(token);
    let keys = world.snapshot().await.keyring.jwks(world.app.ctx.now());
    let key = &keys["keys"][0];
    let mut header = header(token);
    header["alg"] = "HS256".into();
    let signed = format!("{}.{payload}", encode(header.to_string()));
    let modulus = key["n"].as_str().expect("a modulus");
    let secrets = [key.to_string().into_bytes(), modulus.as_bytes().to_vec(), decode(modulus), Vec::new()];
    let sign = |secret: Vec<u8>| hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &secret), signed.as_bytes());
    secrets.map(sign).iter().map(|tag| format!("{signed}.{}", encode(tag))).collect()
}

/// A token with our own good signature over anything.
pub async fn signed(world: &World, typ: &str, payload: &Value) -> String {
    let snap = world.snapshot().await;
    snap.keyring.signing(SigningAlg::Rs256, world.app.ctx.now()).expect("a key").sign(typ, payload).expect("signed")
}
