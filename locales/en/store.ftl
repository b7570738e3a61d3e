# git, files, hooks, signing and locks.
store-path-refused = “{ $path }” is no path inside the store
store-file-failed = { $doing ->
    [reading] cannot read { $path }: { $error }
    [creating] cannot create { $path }: { $error }
    [removing] cannot remove { $path }: { $error }
    [locking] cannot lock { $path }: { $error }
   *[writing] cannot write { $path }: { $error }
}
store-git-failed = { $doing ->
    [reading] cannot read from the git repository: { $error }
    [moving] cannot move the branch: { $error }
    [indexing] cannot update git's index: { $error }
   *[writing] cannot write to the git repository: { $error }
}
store-object-not-fetched =
    this is a partial clone, and what is needed of the history could not be fetched
    { $output }
store-filtered = git would not store { $path } as it is written: .gitattributes has a { $attribute } for it
store-hint-except = to except incidents from it: { $command }
store-git-missing = the git program was not found
store-git-not-started = the git program does not start: { $error }
store-command-failed = “{ $command }” failed: { $output }
store-log-unreadable = cannot read what git log printed: { $text }

store-no-repository = { $path } is not in a git repository
store-unsafe-directory = { $path } belongs to somebody else, and git does not trust it
store-outside-worktree = { $path } is not among the files of its git repository
store-partial-clone = this is a partial clone of an old form, which cannot be used as a store
store-reftable = this repository keeps its branches as a reftable, which cannot be used as a store
store-object-format-unsupported = this repository uses { $format } for its objects, which cannot be used as a store
store-extension-unsupported = this repository uses the git extension “{ $extension }”, which cannot be used as a store
store-bare-needs-branch = this repository is bare, and incident.toml names no branch
store-branch-missing = the store's branch “{ $branch }” does not exist here
store-branch-invalid = “{ $branch }” in incident.toml cannot be the name of a branch
store-branch-switched = another branch was checked out in the meantime; nothing was recorded
store-branch-locked = another program is holding { $branch }; nothing was recorded

store-not-a-file = { $path } is not a plain file
store-link-leaves = { $path } is a symbolic link that does not lead to a file of the store
store-link-passed = { $path } is a symbolic link: git keeps the link alone, and nothing behind it is recorded
store-init-at-file = { $path } is a file, and a store needs a folder
store-name-unusable = the name “{ $name }” in { $folder } cannot be used
store-file-too-large = { $path } has { $mebibytes } MiB; more than { $limit } MiB are not read
store-file-in-the-way = { $path } exists already and was not made by this command
store-left-out = { $path } is committed, but this sparse checkout leaves it out
store-file-deleted = { $path } is committed, but the file is gone
store-hint-restore = to bring it back: { $command }
store-hint-discard = what is committed is fine; to go back to that: { $command }
store-file-moved = { $path } is gone, but still committed: other clones have this incident twice, here and in { $to }
store-hint-remove = to commit that it is gone: { $command }
store-partly-staged = { $path } is only partly staged: what is staged is neither committed nor in the file
store-read-only = { $path } is read-only
store-folder-closed = { $path } may not be read, so nobody knows which incidents are in it

store-identity-missing = git does not know your name and e-mail address
store-operation-in-progress = a { $operation } is in progress in this repository
store-locked = another incident command is writing (it holds { $path })
store-index-locked = another git command is writing (it holds { $path })
store-hook-failed =
    the { $hook } hook refused the commit
    { $output }
store-move-refused =
    the { $hook } hook did not let the branch move; nothing was recorded
    { $output }
store-git-too-old =
    this version of git cannot run the { $hook } hook for us; 2.36 or later can
    { $output }
store-signing-failed =
    the commit could not be signed
    { $output }
store-signing-program-missing = commits are to be signed, but { $program } was not found
store-signing-key-unset = commits are to be signed, but user.signingkey names no key
store-signing-key-missing = commits are to be signed, but the key { $key } is not there
store-journal-unreadable = { $path } was written by another version of incident and is not understood
store-no-randomness = the system gives no random numbers: { $error }

store-hint-install-git = install git (https://git-scm.com), then run this again
store-hint-git-init = git init { $path }
store-hint-safe-directory = git config --global --add safe.directory { $path }
store-hint-migrate-refs = with git 2.48 or later: { $command }
store-hint-clone-refs = otherwise, into a clone: { $command }
store-hint-run = { $command }
store-hint-fetch-all = to have all of the history here: { $command }
store-hint-new-repository = keep the store in a repository of its own: incident init ~/incidents
store-hint-track-branch = git branch { $branch } { $remote }
store-hint-name-branch = name an existing branch in incident.toml: branch = "main"
store-hint-user-name = git config --global user.name "Your Name"
store-hint-user-email = git config --global user.email you@example.org
store-hint-replace-link =
    git -C { $root } rm --quiet { $link } && git -C { $root } mv { $target } { $link } && git -C { $root } commit -m "A folder in the place of a link"
store-hint-commit-folder = git -C { $root } add --all { $link } && git -C { $root } commit -m "A folder in the place of a link"
store-hint-look = see where it stands: { $command }
store-hint-finish = when it is resolved: { $command }
store-hint-unstage = to keep the file and drop what is staged: { $command }
store-hint-index-lock = if no git command is running any more: rm { $path }
store-hint-again = run the command again
store-hint-newer-version = use the version of incident that wrote it, or a later one
store-hint-give-up-journal = if there is none any more, give up what it had begun: { $command }
store-hint-no-verify = to record without the check: --no-verify
store-hint-no-sign = to record unsigned: --no-gpg-sign

store-detached = HEAD is detached: the commit is on no branch and can get lost; check a branch out, or name one in incident.toml
store-worktree-behind = recorded, but your files could not be brought up to date; the next command tries again
store-not-recovered = an earlier command was interrupted, and cleaning up after it did not work; the next command tries again
store-cause = { $error }
store-object-lost = the git repository has lost what was recorded in { $path }; the file was left as it is
store-not-taken-back = { $path } holds what was not recorded, together with an edit of yours that is kept nowhere else; it was left as it is
store-journal-set-aside = { $path } was no journal of an interrupted command and could not be read; it is kept as { $kept }
store-file-left = recorded, but { $path } has other changes of yours and was left as it is
store-file-outdated = { $path } was staged as an older commit has it, and was brought up to date
store-left-untracked = { $path } was not recorded, but you have changed it since: it was left where it is, untracked
store-staged-left = recorded, but what you have staged for { $path } was left as it is
store-pre-commit-skipped = the pre-commit hook was not run: another branch is checked out
store-post-commit-failed = recorded, but the post-commit hook failed: { $output }
store-post-commit-failed-silently = recorded, but the post-commit hook failed, without a word
store-kept-beside = { $path } was saved twice while this was recorded; the newer version stands there, and the other is kept: { $command }
store-kept-of-dead = { $path } was saved just before an interrupted command put its own version there; what was saved is kept: { $command }
store-recovered = finished what an interrupted command had recorded ({ $commit })
store-discarded = cleaned up after an interrupted command that had recorded nothing
store-kept-aside = { $path } is again as it was before the hooks of the interrupted command; what stood there is kept: { $command }
store-message-emptied = a hook has emptied the commit message; nothing was recorded
