//! Chance that can be repeated.

/// `SplitMix64` (Steele, Lea, Flood 2014): good enough to choose with, and the same everywhere.
pub struct Dice(u64);

impl Dice {
    /// The same rolls for the same seed and name.
    pub fn new(seed: u64, name: &str) -> Self {
        Self(name.bytes().fold(seed, |seed, byte| seed.wrapping_mul(31).wrapping_add(byte.into())))
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Less than `end`, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).expect("a size");
        usize::try_from(self.roll() % end).expect("less than a size")
    }

    /// True once in so many times.
    pub fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of several.
    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// Any byte.
    pub fn byte(&mut self) -> u8 {
        self.roll().to_le_bytes()[0]
    }
}
