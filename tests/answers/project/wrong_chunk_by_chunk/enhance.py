# Slip: Each chunk is enhanced by itself, as it comes.
# Fails: enhance_stream_test
# Names it: in other chunks gives another result
def enhance_stream(chunks, model, *, block=16_000, context=8_000):
    for chunk in chunks:
        if len(chunk):
            yield enhance(chunk, model)
