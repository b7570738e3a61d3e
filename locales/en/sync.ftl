# Sharing: sync, what shares itself, and the merge driver.
cannot-write-file = cannot write { $path }
no-own-program = cannot find out which program this is
store-post-merge-failed = The post-merge hook failed, after everything was done: { $output }
store-post-merge-failed-silently = The post-merge hook failed without a word, after everything was done

sync-detached = no branch is checked out, so there is none to share
sync-hint-switch = git switch BRANCH
sync-no-remote = this repository knows no other one to share with
sync-no-upstream = branch { $branch } is not shared with a branch of another repository yet
sync-hint-command = { $command }
sync-refused = { $upstream } did not take the records, which are safe here:
    { $output }
sync-rewritten = { $upstream } was rewritten: it no longer has commits that it had. Those that are here go back with the records.
sync-branch-gone = { $upstream } is no longer there. It is made anew from what is here.
sync-kept-back =
    the pre-push hook kept the records back from { $upstream }; they are safe here
    { $output }
sync-hint-push-unchecked = to send them without the check: { $command }
sync-hint-pull-request = if the branch is protected, send them to one of their own and open a pull request: { $command }
sync-unreachable = cannot reach { $remote } ({ $url }); what is recorded is safe here:
    { $output }
sync-not-let-in = { $remote } ({ $url }) does not let you in; what is recorded is safe here:
    { $output }
sync-no-repository = there is no repository at { $remote } ({ $url }):
    { $output }
sync-failed = git could not exchange with { $remote } ({ $url }):
    { $output }
sync-unrelated = the branch here and the one there have no commit in common: this is another repository
upstream-unrelated = { $upstream } and the branch here have no commit in common, so nothing can be shared: it is another repository. To name the right branch: git branch --set-upstream-to REMOTE/BRANCH
sync-git-too-old = this git cannot merge without a worktree; it needs version 2.38 or later
sync-not-combined = git could not merge: { $output }
sync-always-behind = { $upstream } kept moving while this was being sent; what is recorded is safe here
sync-not-plain-files = what comes in changes things that only git itself can change here: { $paths }
sync-local-changes = what comes in would change files in which you have something not committed yet: { $paths }
sync-others-conflict = both sides have changed the same lines of files that are not incidents: { $paths }

sync-received = { $count ->
    [one] Received { $count } change
   *[other] Received { $count } changes
} from { $upstream }.
sync-shared = Shared ({ $upstream }, { $at }).
sync-same = Nothing to exchange: { $upstream } has the same.
sync-would = { $upstream }: { $received } to receive, { $sent } to send.
sync-prose-conflict = { $path }: both sides have changed the same words; both stand there now, between <<<<<<< and >>>>>>>. To choose: { $command }
sync-prose-conflict-page = { $path }: both sides have changed the same words; both stand there now, between <<<<<<< and >>>>>>>. Choose with any editor, and commit.
sync-renamed = the sides called it by different names ({ $from }); it has this one now
subject-merge = Merge remote-tracking branch '{ $upstream }'
sync-removal-undone = one side removed the file, the other changed it; it stays
sync-duplicate = { $id } stands in two files now: { $paths }. To give one of them a new id: { $command }
sync-strangers = { $count ->
    [one] { $count } commit on this branch that is no incident record
   *[other] { $count } commits on this branch that are no incident records
} would be sent, too: { $subjects }
sync-send-all = Send them to { $upstream } too?

share-needs-sync = both sides have changed the same, and somebody has to look at it
not-shared-yet = { $count ->
    [one] Only on this machine ({ $count } unshared).
   *[other] Only on this machine ({ $count } unshared).
} To share: { $command }
not-shared-yet-automatic = Only on this machine; will be sent when possible ({ $count } unshared). Now: { $command }
share-stopped = Sharing stopped at { $at }: { $reason }
not-taken-in-yet = { $upstream } has { $count ->
    [one] { $count } newer change
   *[other] { $count } newer changes
}. To take them in: { $command }
driver-not-registered = git itself cannot merge incident files by their structure yet: another program holds its configuration; if none is running any more: rm { $path }
driver-registered = git merges incident files by their structure now (merge.incident in this clone's configuration).
