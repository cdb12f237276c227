# Slip: What is shorter than a block at the end never comes out.
# Fails: enhance_stream_test
# Names it: what is left at the end
def enhance_stream(chunks, model, *, block=16_000, context=8_000):
    held = torch.zeros(0)
    for chunk in chunks:
        held = torch.cat([held, chunk])
        while len(held) >= block + context:
            yield enhance(held[:block + context], model)[:block]
            held = held[block:]
