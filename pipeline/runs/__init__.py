"""How a run goes: bounded, in micro-batches, as a stream, on Dataflow."""
