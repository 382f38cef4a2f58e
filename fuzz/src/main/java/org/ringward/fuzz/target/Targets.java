package org.ringward.fuzz.target;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.ringward.fuzz.engine.Captures;
import org.ringward.fuzz.engine.Target;

/** All targets. */
public final class Targets implements Supplier<List<Target>> {
  private final Seeds seeds;

  public Targets(Captures captures) {
    seeds = new Seeds(captures);
  }

  @Override
  public List<Target> get() {
    List<Target> all = new ArrayList<>(FrameParsers.all(seeds));
    all.addAll(MessageParsers.all(seeds));
    all.addAll(DeviceParsers.all());
    all.addAll(ControlParsers.all());
    all.addAll(RegionParsers.all());
    all.add(new QnetdTarget());
    all.add(new KnetTarget(false, seeds));
    all.add(new KnetTarget(true, seeds));
    all.add(new StrangerTarget(seeds));
    all.add(new RingTarget("ring-udpu", RingNet.Kind.UDPU, seeds.frames()));
    all.add(new RingTarget("ring-knet-clear", RingNet.Kind.KNET_CLEAR, seeds.knetPackets()));
    all.add(new RingTarget("ring-stranger", RingNet.Kind.KNET_ENCRYPTED, seeds.knetDatagrams()));
    return all;
  }
}
