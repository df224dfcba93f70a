"""The public index: one place where every public text is found, on both engines, behind `queries.find`.

A context publishes what anybody may read of a record with `index.publish`, in the transaction that changes the record,
and takes it back with `index.withdraw`. It declares its kinds with `index.declare`, so that the whole index can be made
anew and compared with what the records say. Nothing that is not public ever comes here.
"""
