//! The person's own editor, for words that are longer than a line.

#![expect(clippy::disallowed_methods, reason = "this module starts the editor")]

use std::io;
use std::path::Path;
use std::process::Command;

use dialoguer::Editor;

use super::Ui;

impl Ui {
    /// Opens `editor`, or the one that `$VISUAL` or `$EDITOR` names, on a copy of `text`, and gives what was saved.
    /// Lines that begin with `#` are advice and are left out.
    ///
    /// # Errors
    /// Nobody is there to edit, or the editor cannot be started.
    pub fn edit(&self, editor: Option<&str>, text: &str) -> io::Result<String> {
        if !self.interactive() {
            return Err(io::ErrorKind::Unsupported.into());
        }
        let mut session = Editor::new();
        session.extension(".md").require_save(false);
        if let Some(editor) = editor {
            session.executable(editor);
        }
        let saved = session.edit(text).map_err(|dialoguer::Error::IO(error)| error)?;
        Ok(without_advice(&saved.unwrap_or_default()))
    }

    /// Opens `editor`, words for the shell as git takes them, on the file itself, and waits: whether it ended well.
    ///
    /// # Errors
    /// Nobody is there to edit, or there is no shell.
    pub fn edit_file(&self, editor: &str, path: &Path) -> io::Result<bool> {
        if !self.interactive() {
            return Err(io::ErrorKind::Unsupported.into());
        }
        // On standard error, which is the terminal even where the data goes into a pipe.
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(format!("{editor} \"$@\" >&2")).arg(editor).arg(path);
        Ok(shell.status()?.success())
    }
}

fn without_advice(text: &str) -> String {
    let words: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    words.join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_is_left_out() {
        assert_eq!(without_advice("\n# advice\nfirst\n\n  # kept\n# more\n"), "first\n\n  # kept");
        assert_eq!(without_advice("# only advice\n"), "");
    }
}
