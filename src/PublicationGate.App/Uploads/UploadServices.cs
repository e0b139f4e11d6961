namespace PublicationGate.App.Uploads;

/// <summary>Registers the taking in of uploads.</summary>
internal static class UploadServices
{
    public static IServiceCollection AddUploads(this IServiceCollection services, UploadOptions options) =>
        services.AddSingleton(options).AddSingleton<AbandonedPhotos>().AddSingleton<RememberedUploads>().AddScoped<UploadReader>().AddScoped<PhotoUpload>();
}
