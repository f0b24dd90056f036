"""Sends a datagram of a size and says whether it came back the same. Arguments: address, port, size."""
import os
import socket
import sys

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ask:
    ask.settimeout(5)
    data = os.urandom(int(sys.argv[3]))
    ask.sendto(data, (sys.argv[1], int(sys.argv[2])))
    try:
        answer = ask.recv(65535)
    except TimeoutError:
        sys.exit("nothing came back")
    sys.exit(None if answer == data else "something else came back")
