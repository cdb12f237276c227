"""Room responses by the image source method: what a microphone hears of a click, walls and air included."""

from functools import partial

import numpy as np

from builder.sound import RATE, Clip

# name: (split, length, width and height in m, reverberation time aimed at in s). No room is in two splits.
ROOMS = {
    "studio": ("train", (4.1, 3.3, 2.6), 0.18),
    "bathroom": ("train", (2.3, 1.9, 2.4), 0.55),
    "bedroom": ("train", (4.4, 3.7, 2.5), 0.30),
    "kitchen": ("train", (3.9, 2.9, 2.5), 0.50),
    "office": ("train", (5.2, 4.1, 2.9), 0.40),
    "hallway": ("train", (5.6, 1.9, 2.6), 0.42),
    "meeting": ("train", (7.3, 4.9, 2.9), 0.45),
    "lecturehall": ("train", (13.8, 9.7, 4.2), 0.78),
    "phonebooth": ("val", (1.1, 1.0, 2.2), 0.15),
    "livingroom": ("val", (6.1, 4.6, 2.6), 0.40),
    "classroom": ("val", (8.7, 6.6, 3.1), 0.75),
    "cabin": ("test", (2.7, 2.1, 2.1), 0.22),
    "den": ("test", (4.9, 4.3, 2.7), 0.45),
    "library": ("test", (9.9, 7.4, 3.4), 0.60),
    "seminar": ("test", (11.3, 7.9, 3.6), 0.72),
}
RESPONSES = 3  # microphone and talker places in each room
LEAD = 16  # samples (1 ms) kept before the direct sound: the rise of its band-limited pulse
PEAK = 0.9
CLEARANCE = 0.25  # m, smallest distance of talker and microphone from any wall


def simulator():
    """Import pyroomacoustics only when a room is built: it is slow to load, and other parts do without."""
    try:
        import pyroomacoustics
    except ImportError:
        raise SystemExit("pyroomacoustics is not installed: pip install pyroomacoustics") from None
    return pyroomacoustics


def place(rng, size):
    """Draw a talker and a microphone `(3,)` each, in m, in a room of `size` `(3,)`, 0.4 to 4 m apart."""
    low = np.array([CLEARANCE, CLEARANCE, min(1.0, size[2] / 2)])  # nobody talks on the floor
    high = np.array([size[0] - CLEARANCE, size[1] - CLEARANCE, min(1.9, size[2] - CLEARANCE)])
    while True:
        talker, microphone = rng.uniform(low, high), rng.uniform(low, high)
        if 0.4 <= np.linalg.norm(talker - microphone) <= 4.0:
            return talker, microphone


def simulate(size, seconds, talker, microphone, seed):
    """Return the response `(time,)` of a box of `size` m with a reverberation time of about `seconds`.

    Image sources are moved by some cm at random: the walls of a perfect box line their echoes up into a
    sweeping flutter that no real room has.
    """
    pra = simulator()
    pra.random.seed(numpy=seed)
    pra.constants.set("num_threads", 1)  # threads add up in an order that differs from run to run
    absorption, order = pra.inverse_sabine(seconds, size)
    room = pra.ShoeBox(
        size, fs=RATE, materials=pra.Material(absorption), max_order=order,
        air_absorption=True, use_rand_ism=True, max_rand_disp=0.05,
    )  # fmt: skip
    room.add_source(talker)
    room.add_microphone(microphone)
    room.compute_rir()
    return room.rir[0][0]


def trim(response, seconds):
    """Start `response` 1 ms before its largest sample, end it 1.5 reverberation times (`seconds`) later."""
    start = np.argmax(np.abs(response)) - LEAD
    response = response[start : start + LEAD + round(1.5 * seconds * RATE)].copy()
    response[:LEAD] *= np.linspace(0, 1, LEAD)  # the cut makes no step
    tail = RATE // 100
    response[-tail:] *= np.linspace(1, 0, tail)
    return PEAK * response / np.max(np.abs(response))


def make_response(size, seconds, rng):
    """Draw places until the direct sound is the loudest; return the response `(time,)` and its facts."""
    pra = simulator()
    while True:
        talker, microphone = place(rng, size)
        distance = np.linalg.norm(talker - microphone)
        response = simulate(size, seconds, talker, microphone, int(rng.integers(2**31)))
        delay = pra.constants.get("frac_delay_length") // 2  # of the simulator's own pulse
        arrival = distance / pra.constants.get("c") * RATE + delay
        if abs(np.argmax(np.abs(response)) - arrival) < 12:  # the random 5 cm move it by some samples
            break
    response = trim(response, seconds)
    rt60 = pra.experimental.measure_rt60(response, fs=RATE, decay_db=30)
    return response, f"RT60 {rt60:.2f} s, talker to microphone {distance:.2f} m"


def plan():
    """List the room responses of the pack."""
    clips = []
    for room, (split, size, seconds) in ROOMS.items():
        note = "image sources with pyroomacoustics: {} x {} x {} m".format(*size)
        for number in range(1, RESPONSES + 1):
            file = f"rir/{split}/{room}-{number:02d}.flac"
            clips.append(Clip(file, "rir", split, room, note, partial(make_response, size, seconds)))
    return clips
