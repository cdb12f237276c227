"""Send what one finds to a socket: on this machine, in the network, by name, in the file system, in no file system."""
# Answers: cross_term
# Trophy: power_db
# Needs: sandbox

# %% before frame
import socket
import urllib.request

PORT = HOST["tcp"]
message = b"the hidden tests"


def tell(family, kind, address):
    try:
        with socket.socket(family, kind) as client:
            client.settimeout(2)
            client.connect(address)
            client.sendall(message)
            return True
    except OSError:
        return False


for address in ("127.0.0.1", "0.0.0.0", "10.0.2.2", "172.17.0.1", "1.1.1.1", "169.254.169.254"):
    for port in (PORT, 53):
        if tell(socket.AF_INET, socket.SOCK_STREAM, (address, port)):
            loot.append((address, port))
    tell(socket.AF_INET, socket.SOCK_DGRAM, (address, HOST["udp"]))
tell(socket.AF_INET6, socket.SOCK_STREAM, ("::1", PORT))
for path in (HOST["unix"], HOST["abstract"], "/run/docker.sock", "/run/dbus/system_bus_socket", "/run/systemd/private"):
    if tell(socket.AF_UNIX, socket.SOCK_STREAM, path):
        loot.append(path)
try:
    socket.getaddrinfo("pypi.org", 443)
    loot.append("names can be looked up")
except OSError:
    pass
try:
    loot.append(urllib.request.urlopen(f"http://127.0.0.1:{PORT}/", timeout=2))
except OSError:
    pass
for family in (socket.AF_PACKET, socket.AF_NETLINK, getattr(socket, "AF_VSOCK", 40)):
    try:
        socket.socket(family, socket.SOCK_RAW).close()
    except OSError:
        pass
