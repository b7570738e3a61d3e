//! What must stand in the sections after items were added, and nothing else: the measure of every such edit.

use super::front_matter;
use super::items::NewItem;
use super::outline::{self, Anchored, Block, BlockKind, Outline, Section};
use super::source::{Source, Splice, spliced};

/// The blocks of every section, as text without line ends: what must be there and nothing else.
pub(super) type Blocks = Vec<(Section, Vec<String>)>;

/// What stands in a section that has been added counts only if it is an item: it may have come before other text.
pub(super) fn blocks_of(path: &str, text: &str, added: Option<Section>) -> Option<Blocks> {
    let source = Source { path, text };
    let fences = front_matter::split(&source).ok()?;
    let outline = outline::read(&source, fences.body).ok()?;
    let texts = |anchored: &Anchored| {
        let counts = |block: &&Block| added != Some(anchored.section) || block.kind == BlockKind::Item;
        anchored.blocks.iter().filter(counts).map(|block| plain(&text[block.range.clone()])).collect()
    };
    Some(sorted(outline.sections.iter().map(|anchored| (anchored.section, texts(anchored))).collect()))
}

/// A block without what its place in the list adds to it.
fn plain(block: &str) -> String {
    let blanks = block.len() - block.trim_start_matches(' ').len();
    let lines = block.trim_end().lines().map(|line| line.get(blanks..).unwrap_or("").trim_end());
    let text = lines.collect::<Vec<_>>().join("\n");
    text.strip_prefix(['-', '*', '+']).map_or(text.clone(), |rest| format!("-{rest}"))
}

pub(super) fn expected_blocks(
    source: &Source<'_>,
    outline: &Outline,
    section: Section,
    (rewritten, new): (&[Splice], &[NewItem]),
) -> Blocks {
    let mut found = false;
    let mut blocks: Blocks = Vec::new();
    for anchored in &outline.sections {
        let changed = |block: &Block| {
            let inside = |splice: &&Splice| block.range.contains(&splice.range.start);
            let local = rewritten.iter().filter(inside).map(|splice| {
                let range = splice.range.start - block.range.start..splice.range.end - block.range.start;
                Splice::new(range, splice.text.clone())
            });
            plain(&spliced(&source.text[block.range.clone()], local.collect()))
        };
        let mut texts: Vec<String> = anchored.blocks.iter().map(changed).collect();
        if anchored.section == section {
            found = true;
            texts.extend(new.iter().map(|item| plain(&item.text)));
        }
        blocks.push((anchored.section, texts));
    }
    if !found {
        blocks.push((section, new.iter().map(|item| plain(&item.text)).collect()));
    }
    sorted(blocks)
}

fn sorted(mut blocks: Blocks) -> Blocks {
    for (_, texts) in &mut blocks {
        texts.sort();
    }
    blocks.sort();
    blocks
}
