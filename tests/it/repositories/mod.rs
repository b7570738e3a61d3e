//! Strange repositories, prepared with plain git, which is also asked afterwards: what was staged, unsaved, new, ignored,
//! configured or checked out elsewhere is as it was, each commit has our paths alone, and `git status` finds no change.
//!
//! | repository | incident | row |
//! |---|---|---|
//! | unrelated work: staged, unsaved, partly staged, untracked, removed, renamed, intent to add, assumed unchanged, ignored | supported | `work` |
//! | the incident itself partly staged | refused, `restore --staged` mends it | `work` |
//! | unborn HEAD; detached HEAD with a branch named (with none named: `branch.rs`) | supported | `work` |
//! | merge, rebase (both kinds), cherry-pick, revert, am, bisect in progress | refused until it is ended; reading goes on | `work` |
//! | `index.lock` held | refused, with what to remove | `work` |
//! | linked worktree; worktree with relative paths; bare with worktrees; bare; separate git directory | supported | `layout` |
//! | `extensions.relativeWorktrees` | supported where git knows it (2.48) | `layout` |
//! | in a submodule, on a branch and detached; beside a submodule | supported | `layout` |
//! | sparse checkout: cone, sparse index, patterns; also where it leaves the incidents out | supported | `layout` |
//! | sparse checkout that leaves the store out | refused, `sparse-checkout add` mends it | `layout` |
//! | shallow, shared objects (alternates), single branch, mirror | supported | `layout` |
//! | partial clone (`blob:none`, `tree:0`) | supported; refused without the remote where history is needed | `layout` |
//! | partial clone of the old form (`extensions.partialClone`) | refused, two settings mend it | `layout` |
//! | sha256 | refused: a repository of its own | `layout` |
//! | reftable | refused, `refs migrate` or a clone mends it | `layout` |
//! | split index, untracked cache, fsmonitor, many files, version 4, no hash, `core.fileMode`, `core.checkStat` | supported | `layout` |
//! | no format version; `extensions.worktreeConfig` | supported | `layout` |
//! | replaced tip, replaced history, `info/grafts` | supported | `layout` |
//! | a tag, a branch and a file called like the branch and like HEAD | supported | `layout` |
//! | `core.sharedRepository` | supported | `layout` |
//! | two accounts of a group in turn, with `umask` 002 and 022 | supported | `accounts` |
//! | hooks in `.git/hooks` and `core.hooksPath` (relative, absolute, `~`); one that reformats | supported | `settings` |
//! | a hook that refuses | refused, `--no-verify` | `settings` |
//! | signed with ssh, with gpg; without the key | supported; refused, `--no-gpg-sign` | `settings` |
//! | no identity | refused, the two settings mend it | `settings` |
//! | `includeIf`: `gitdir`, `gitdir/i`, `onbranch`, `hasconfig` | supported | `settings` |
//! | settings for messages, logs, colours, diffs, ignored files | change nothing | `settings` |
//! | `GIT_DIR`, `GIT_WORK_TREE`, `GIT_INDEX_FILE` … of a hook around us; called by a hook of the same repository | supported | `settings` |
//! | called by `pre-commit` of the same repository, which holds the index | refused | `settings` |
//! | somebody else's repository | refused, `safe.directory` mends it | `settings` |
//! | a folder that cannot be written | refused before the branch moves; reading goes on | `accounts` |
//! | `core.autocrlf`, `core.safecrlf`, `core.eol`, attributes `text`, `eol`, `ident`, a filter that leaves our text as it is | supported | `names` |
//! | a filter that changes our text (encrypts it), `working-tree-encoding` | refused, an exception mends it | `names` |
//! | names that differ in case, `core.ignoreCase` | supported | `names` |
//! | folders and files with blanks, quotes, Japanese, combining letters, what git and a shell would expand | supported | `names` |
//!
//! Not here: letters that a file system composes or folds itself, and worktrees on other drives.

mod accounts;
mod layout;
mod names;
mod play;
mod settings;
mod work;
