# Slip: The recordings are shuffled and divided, not the speakers.
# Fails: split_by_speaker_test
# Names it: divide the speakers, not the recordings
def split_by_speaker(paths, *, shares=(0.8, 0.1, 0.1), seed=0):
    paths = sorted(paths)
    order = torch.randperm(len(paths), generator=torch.Generator().manual_seed(seed)).tolist()
    val, test = (max(1, round(share * len(paths))) for share in shares[1:])
    return tuple(sorted(paths[k] for k in part) for part in (order[val + test:], order[:val], order[val:val + test]))
