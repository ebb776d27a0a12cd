namespace Bank.Web.Charts;

/// <summary>How large a drawing is, in its own units, and where things are in it.</summary>
/// <param name="Left">Room for sums beside the lines; 0 if they stand above them.</param>
/// <param name="Bottom">Room for months.</param>
public sealed record ChartSize(double Width, double Height, double Left, double Bottom)
{
    /// <summary>Room above the highest line.</summary>
    public const double Top = 18;

    public bool HasLabelsBeside => Left > 0;

    public double PlotHeight => Height - Top - Bottom;

    /// <param name="share">From 0, the first day, to 1, the last.</param>
    public double X(double share) => Left + (share * (Width - Left));

    /// <param name="height">From 0, the lowest line, to 1, the highest.</param>
    public double Y(double height) => Top + ((1 - height) * PlotHeight);
}
