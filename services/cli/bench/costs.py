"""What costs the most in each measure, as profiles and counts of database calls showed it, and what was mended."""

COSTS: dict[str, str] = {
    "commands": """\
A command makes eight calls to the database where the bare transaction makes six: the two more read the child's stream
and its ledger row, and take a fifth of the time of all calls. The rest of the difference is the handler's own work:
folding, deciding, the hash chain, encoding. The partition heads and the ledgers' places are remembered from one
command to the next, which saves a third read.""",
    "import": """\
More than half of the time goes into writing the batch, most of that into the ledger rows with their seven indexes; the
bare side pays the same. Of what the import adds, deciding the commands takes about a sixth of the whole, and reading,
checking and sealing the rows another.""",
    "county": """\
Each new child changes pages of its own in four indexes whose keys are random by design (blind indexes); the larger the
county, the fewer of these pages are shared, so a row costs somewhat more at the end than at the beginning.

A page costs the pupils of the schools that it shows, not those of the county: the embedded server takes all rows that
a filter leaves, so ledgers are walked from school to school (decision 0026). Beside the bare query it costs the
signature of the token, the list of schools, and making the answer. The workbook costs what reading and writing it
costs bare.""",
    "rebuild": """\
Writing the rows into their indexes costs the most. Three things were mended that cost more than the work itself on
the embedded server. It reads a whole collection for a range of `_id`, so every partition's read walked through the
whole log: the log now has a second index that begins with `_id`. It builds indexes over rows that are there five times
more slowly than it writes into indexes: they are now made first. It drops a collection with rows in it many times more
slowly than it empties it: the collection of the last but one rebuild is now emptied before it is dropped.""",
    "reconciliation": """\
More than half of the time goes into making the lines, on both sides. What the comparison adds is telling who is who by
each number, and the age on the cut-off day. Only whoever may become a difference, and the student files, are kept.""",
    "footprint": """\
Nine Python processes and the database server share the memory; what an API or a worker does not need (Kafka's clients
on the feed, the command line) is not imported in it.""",
    "propagation": """\
The way of a return: the registry's commit wakes the readers that wait at its feed; each of the three services then
runs one transaction with the ledger rows, the reaction's command and the checkpoint, all on one database server and
the same cores. Before the log had an index for ranges of `_id`, each look at the feed grew with the log (0.4 s at
10,000 events on a busy machine).""",
    "propagation-kafka": """\
On top of the feed's way: the relay's look at the log (every 25 ms), the broker's acknowledgement, and the readers'
groups. A topic is made when its service's first event is published; readers notice it within seconds.""",
    "duplicates": """\
The time was taken on a machine whose two cores were busy with other work (a load of 8 to 17); the same search took 35
seconds at a load of 5. What is found does not depend on it. Most of the time goes into comparing names and birthdays
of files that share a key, and into the reading of names.""",
}
