namespace Switchboard.Engines.Epoll;

/// <summary>Code that lost its loop before it was known whether it was to blame: it is still watched.</summary>
/// <param name="Piece">The code.</param>
/// <param name="Source">Whose it is, if it is somebody's.</param>
internal readonly record struct Pursuit(Piece Piece, IPolled? Source);
