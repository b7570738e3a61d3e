# Whom to call.
who-for-incident = Whom to call for { $id } { $title }: { $level }
who-for = Whom to call for { $what }
who-for-anything = Whom to call; nothing is live, so this is everybody
who-anybody = To call
who-by-phone = { $role }: by phone
who-by-chat = { $role }: by chat
who-next-after = { $head }; no answer after { $length }: the next one
who-closed = Outside working hours: do not phone now, tell them at { $time }.
who-nobody = nobody yet
who-no-number = no number
who-no-call = Nobody is set up to be called at once for this.
who-with-phones = People with a phone
who-arrow = { ", else " }
who-arrow-after = {", after "}{ $length } without an answer{ " " }
who-not-set-up = To say who is called first, write [[call]] into { $file }; numbers go to phone of [[person]].
no-such-area = nobody is known for “{ $word }”
hint-areas = write areas = ["frontend"] to a [[person]] of { $file }
new-phone = Please phone{ $role }: { $people }
new-for-role = { " (" }{ $role })
new-chat = Tell them in chat{ $role }: { $people }
new-call-later = Outside working hours; tell them at { $time }{ $role }: { $people }
new-nothing-rings = No pager is set up.
new-all-numbers = All numbers
