#!/bin/sh
# The first process of the demo's switch: a bridge for each network.
# It lives as long as its standard input is open; when the demo dies, however
# that happens, the kernel ends everything in this process id namespace, the
# machines included, and with the last process the namespaces are gone.
set -e
mount -t proc -o nosuid,nodev,noexec proc /proc
mount -t sysfs -o nosuid,nodev,noexec sysfs /sys
ip link set lo up
for bridge in br0 br1 br2; do
  ip link add $bridge type bridge forward_delay 0 mcast_snooping 0
  ip link set $bridge up
done
for family in iptables ip6tables arptables; do
  file=/proc/sys/net/bridge/bridge-nf-call-$family
  # A firewall of the host must not see the traffic of the demo.
  if [ -w "$file" ]; then echo 0 >"$file" || :; fi
done
echo ready
while read -r line; do :; done
