using PublicationGate.Retention;

namespace PublicationGate.App.Uploads;

/// <summary>Registers the taking in of uploads.</summary>
internal static class UploadServices
{
    public static IServiceCollection AddUploads(this IServiceCollection services, UploadOptions options) =>
        services.AddSingleton(options).AddSingleton<UnclaimedContent>().AddSingleton<AbandonedPhotos>().AddHostedService<PhotoSweeping>().AddSingleton<RememberedUploads>().AddScoped<UploadReader>().AddScoped<PhotoUpload>();
}
