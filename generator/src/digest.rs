//! A digest of a document, to tell versions of it apart: FNV-1a, 64 bits.
//!
//! It is taken of the normalised tree, so that it does not depend on white space, line ends, YAML or
//! JSON, or the order of members. It is no protection against anybody.

use serde_json::Value;
use std::io::{self, Write};

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// The digest of a tree in hexadecimal.
pub(crate) fn digest(tree: &Value) -> String {
    let mut hash = Fnv(OFFSET);
    // Writing into a hash cannot fail, and a tree has no keys that are not strings.
    let written = serde_json::to_writer(&mut hash, tree);
    debug_assert!(written.is_ok());
    format!("{:016x}", hash.0)
}

struct Fnv(u64);

impl Write for Fnv {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = bytes.iter().fold(self.0, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(PRIME)
        });
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        let mut hash = Fnv(OFFSET);
        assert_eq!(hash.0, 0xcbf2_9ce4_8422_2325);
        hash.write_all(b"foobar").expect("no failure");
        assert_eq!(hash.0, 0x8594_4171_f739_67e8);
        assert_ne!(digest(&Value::Null), digest(&Value::from("null")));
    }
}
