/**
 * Live network interfaces: frames in and out, by several means behind one interface.
 *
 * <p>{@link io.sluice.capture.port.Ports#open} takes the best means that works and says which it took and why;
 * {@link io.sluice.capture.port.Tap#create} makes an interface of the host's. Beside ports there are
 * {@link io.sluice.capture.port.Poller} to sleep until frames come, {@link io.sluice.capture.port.ThreadPlacement}, and
 * {@link io.sluice.capture.port.HostShield}, which keeps the host's own network stack out, and
 * {@link io.sluice.capture.port.ServiceManager}, who wants to know that frames are dealt with. This is the one place of the
 * project that makes native calls: {@code Libc} makes them, and every other class is a few of the kernel's structures.
 *
 * <p>When an interface goes down, its port waits until it is up again. When it is deleted,
 * {@link io.sluice.capture.port.Port#link} says {@link io.sluice.capture.port.LinkState#GONE}: the host stops the threads that
 * use the port, closes it, and opens another once there is an interface of that name again.
 *
 * <p>The traps, each with a test:
 * <ul>
 * <li>A packet socket that is opened for all protocols collects frames of every interface until it is bound: it is opened
 * for none.
 * <li>The kernel takes VLAN tags out of frames and tells them beside; they are put back in place.
 * <li>The ring TPACKET_V3 hands over frames only when a block is full or a timer ends, which adds more than a millisecond;
 * V2 hands over each.
 * <li>A slot of the ring that is taken but not yet released looks like a new one when the ring has gone round: it is marked.
 * <li>sendmmsg(2) stops at the first frame that it cannot send; whoever just calls again does so for ever.
 * <li>A network stack on a virtual cable leaves checksums unfinished and frames uncut, since no card comes that would do it.
 * Only the virtio header tells which, and AF_XDP and libpcap have no such thing. The other end of a veth pair also sends
 * frames longer than the wire carries whatever we switch off at ours: switch it off there, or ask for super-frames.
 * <li>An interface that goes down leaves an error on sockets, which wakes poll(2) at once, again and again.
 * <li>With AF_XDP, a thread that sleeps while all memory is elsewhere is never woken; a queue stays busy for a while after
 * its socket was closed; what lies in the sending ring when an interface goes down leaves when it comes up again, however
 * late, unless it is withdrawn.
 * </ul>
 */
@NullMarked
package io.sluice.capture.port;

import org.jspecify.annotations.NullMarked;
