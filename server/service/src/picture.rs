//! A logo somebody hands in: judged by its bytes, never by what it is called.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use model::Problem;
use model::spec::{ImageType, LogoFile, LogoRef};
use sha2::{Digest, Sha256};

use crate::crypto::hex;

/// Most bytes of a logo.
pub const MAX_BYTES: usize = 256 * 1024;
/// Most pixels of one side: small files can unfold to very large pictures.
const MAX_SIDE: u32 = 2_048;

/// A picture that passed.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    logo: LogoRef,
    base64: String,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Picture").field(&self.logo).finish()
    }
}

impl Picture {
    /// Reads the bytes of a file.
    ///
    /// # Errors
    /// `image-large`, `image-type`, `image-size`.
    pub fn read(bytes: &[u8]) -> Result<Self, Problem> {
        if bytes.len() > MAX_BYTES {
            return Err(too_large());
        }
        let (kind, width, height) = look(bytes)?;
        let hash = hex(&Sha256::digest(bytes));
        Ok(Self { logo: LogoRef { hash, kind, width, height }, base64: STANDARD.encode(bytes) })
    }

    /// Reads what a file for `apply` holds.
    ///
    /// # Errors
    /// As [`Self::read`]; `image-encoding` for what is none, `image-mismatch` for a picture of another
    /// format than the file says.
    pub fn of_file(file: &LogoFile) -> Result<Self, Problem> {
        let picture = Self::of_base64(&file.base64)?;
        if picture.logo.kind == file.kind { Ok(picture) } else { Err(Problem::new("image-mismatch")) }
    }

    /// Reads bytes in base64: what a form carries along.
    ///
    /// # Errors
    /// As [`Self::of_file`].
    pub fn of_base64(text: &str) -> Result<Self, Problem> {
        // Before anything is decoded: four characters stand for three bytes.
        if text.len() > MAX_BYTES.div_ceil(3) * 4 {
            return Err(too_large());
        }
        Self::read(&STANDARD.decode(text).map_err(|_| Problem::new("image-encoding"))?)
    }

    /// How the configuration refers to it.
    pub fn logo(&self) -> &LogoRef {
        &self.logo
    }

    /// The bytes, in base64.
    pub fn base64(&self) -> &str {
        &self.base64
    }

    /// As the database keeps it.
    pub(crate) fn row(&self) -> store::images::Image {
        let LogoRef { hash, kind, .. } = &self.logo;
        store::images::Image { hash: hash.clone(), kind: kind.as_str().to_owned(), base64: self.base64.clone() }
    }
}

/// What kind of picture these bytes are, by themselves.
///
/// # Errors
/// `image-type`, `image-size`.
pub(crate) fn kind(bytes: &[u8]) -> Result<ImageType, Problem> {
    look(bytes).map(|(kind, ..)| kind)
}

/// Kind, width and height.
fn look(bytes: &[u8]) -> Result<(ImageType, u32, u32), Problem> {
    let kind = match imagesize::image_type(bytes) {
        Ok(imagesize::ImageType::Png) => ImageType::Png,
        Ok(imagesize::ImageType::Jpeg) => ImageType::Jpeg,
        Ok(imagesize::ImageType::Webp) => ImageType::Webp,
        _ => return Err(Problem::new("image-type")),
    };
    let size = imagesize::blob_size(bytes).map_err(|_| Problem::new("image-type"))?;
    let length = |pixels: usize| u32::try_from(pixels).ok().filter(|length| (1..=MAX_SIDE).contains(length));
    let (Some(width), Some(height)) = (length(size.width), length(size.height)) else {
        return Err(Problem::new("image-size").with("side", MAX_SIDE));
    };
    Ok((kind, width, height))
}

/// What is said of a file beyond [`MAX_BYTES`].
pub fn too_large() -> Problem {
    Problem::new("image-large").with("limit", MAX_BYTES / 1024)
}

/// The bytes of a stored picture.
pub(crate) fn decode(base64: &str) -> crate::Result<Vec<u8>> {
    STANDARD.decode(base64).map_err(crate::Error::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A PNG's signature and header, which is all that is looked at.
    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes.extend([8, 6, 0, 0, 0, 0, 0, 0, 0]);
        bytes
    }

    fn code(bytes: &[u8]) -> Result<(), String> {
        Picture::read(bytes).map(drop).map_err(|problem| problem.code)
    }

    #[test]
    fn a_picture_is_known_by_its_bytes() {
        let picture = Picture::read(&png(320, 80)).expect("a picture");
        let LogoRef { kind, width, height, hash } = picture.logo();
        assert_eq!((*kind, *width, *height, hash.len()), (ImageType::Png, 320, 80, 64));
        assert_eq!(Picture::of_base64(picture.base64()), Ok(picture.clone()));
        let jpeg = LogoFile { kind: ImageType::Jpeg, base64: picture.base64().to_owned() };
        assert_eq!(Picture::of_file(&jpeg).map_err(|p| p.code), Err("image-mismatch".to_owned()));
    }

    #[test]
    fn what_could_hold_a_script_is_refused() {
        for bad in [
            &b""[..],
            b"<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>",
            b"<?xml version='1.0'?><svg/>",
            b"<html><script>alert(1)</script>",
            b"GIF89a\x01\0\x01\0\0\0\0;",
            b"%PDF-1.7",
            b"BM",
            b"\x89PNG\r\n\x1a\n",
            b"\xff\xd8\xff",
            b"RIFF\0\0\0\0WEBP",
        ] {
            assert_eq!(code(bad), Err("image-type".to_owned()), "{bad:?}");
        }
    }

    #[test]
    fn sides_and_bytes_are_limited() {
        assert_eq!(code(&png(0, 80)), Err("image-size".to_owned()));
        assert_eq!(code(&png(80, 2_049)), Err("image-size".to_owned()));
        assert_eq!(code(&png(u32::MAX, 1)), Err("image-size".to_owned()));
        let mut large = png(1, 1);
        large.resize(MAX_BYTES + 1, 0);
        assert_eq!(code(&large), Err("image-large".to_owned()));
        large.truncate(MAX_BYTES);
        assert_eq!(code(&large), Ok(()));
        let text = STANDARD.encode(&large);
        assert!(Picture::of_base64(&text).is_ok());
        assert_eq!(Picture::of_base64(&format!("{text}AAAA")).map_err(|p| p.code), Err("image-large".to_owned()));
        assert_eq!(Picture::of_base64("not base64").map_err(|p| p.code), Err("image-encoding".to_owned()));
    }
}
