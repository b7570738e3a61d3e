//! From the characters that the YAML parser counts to the bytes that a splice needs.

/// Turns the parser's character counts into byte offsets of the file.
pub(super) struct ByteOffsets {
    start: usize,
    /// One per character and one for the end; none if every character is one byte.
    offsets: Option<Vec<usize>>,
}

impl ByteOffsets {
    /// For `yaml`, which begins at byte `start` of the file.
    pub(super) fn new(yaml: &str, start: usize) -> Self {
        let wide = || yaml.char_indices().map(|(at, _)| at).chain([yaml.len()]).collect();
        Self { start, offsets: (!yaml.is_ascii()).then(wide) }
    }

    pub(super) fn get(&self, characters: usize) -> usize {
        let within = match &self.offsets {
            Some(offsets) => offsets.get(characters).or(offsets.last()).copied().unwrap_or_default(),
            None => characters,
        };
        self.start + within
    }
}
