# Editing on a copy.
edit-done = Recorded your edit of { $id } { $title }: { $what } ({ $commit })
edit-lines = { $count ->
    [one] 1 line differs
   *[other] { $count } lines differ
}
edit-resumed = Going on with the copy that was kept.
edit-discarded = The copy that was kept is gone. The incident is as it was.
edit-no-draft = no copy of { $id } was kept
edit-under-way = { $id } is being edited in another window
edit-needs-terminal = there is no terminal to open an editor on
edit-by-hand = or edit it by hand, and the next command takes it in: { $path }
edit-emptied = the edited file was empty; nothing was recorded
edit-editor-failed = the editor ended with an error, and nothing was recorded: { $editor }
edit-id-changed = the id must stay { $id }
edit-anchor-lost = the heading of the timeline has lost its anchor, without which no entry is found
edit-put-anchor-back = put it back behind the heading: { $anchor }
edit-file-gone = { $path } was removed from the branch while you edited it
edit-no-postmortem = there is no { $path } yet
edit-kept = your text is kept in { $path }. To go on: { $command }
edit-discard = to throw it away: { $command }
edit-note = This cannot be recorded yet. Mend it below and save; these lines go away by themselves.
edit-note-fault = line { $line }, column { $column }: { $message }
