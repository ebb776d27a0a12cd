namespace Switchboard;
#pragma warning disable
public abstract partial class Framing { public static Framing Delimited(ReadOnlyMemory<byte> d, int m) => throw new NotSupportedException(); public static Framing UntilClose(int m) => throw new NotSupportedException(); }
